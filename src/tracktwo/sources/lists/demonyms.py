"""Citizenships as English adjectives, as some lists write them."""

from __future__ import annotations

_WRITTEN = """
AFG Afghan|ALB Albanian|DZA Algerian|AGO Angolan|ARG Argentine,Argentinian|ARM Armenian|AUS Australian|AUT Austrian|AZE Azerbaijani|BHR Bahraini
BGD Bangladeshi|BLR Belarusian,Belarussian|BEL Belgian|BOL Bolivian|BIH Bosnian|BRA Brazilian|BGR Bulgarian|BDI Burundian|KHM Cambodian
CMR Cameroonian|CAN Canadian|CAF Central African|TCD Chadian|CHL Chilean|CHN Chinese|COL Colombian|HRV Croatian|CUB Cuban|CYP Cypriot|CZE Czech
DNK Danish|EGY Egyptian|ERI Eritrean|EST Estonian|ETH Ethiopian|PHL Filipino,Philippine|FIN Finnish|FRA French|GEO Georgian|DEU German|GHA Ghanaian
GRC Greek|GTM Guatemalan|GNB Bissau-Guinean|HTI Haitian|HUN Hungarian|IND Indian|IDN Indonesian|IRN Iranian|IRQ Iraqi|IRL Irish
ISR Israeli|ITA Italian|CIV Ivorian|JPN Japanese|JOR Jordanian|KAZ Kazakh,Kazakhstani|KEN Kenyan|XKX Kosovar,Kosovan|KWT Kuwaiti|KGZ Kyrgyz
LVA Latvian|LBN Lebanese|LBR Liberian|LBY Libyan|LTU Lithuanian|MYS Malaysian|MLI Malian|MLT Maltese|MRT Mauritanian|MEX Mexican|MDA Moldovan
MNE Montenegrin|MAR Moroccan|MOZ Mozambican|MMR Burmese|NPL Nepali,Nepalese|NLD Dutch|NZL New Zealander|NIC Nicaraguan|NER Nigerien|NGA Nigerian
PRK North Korean|NOR Norwegian|OMN Omani|PAK Pakistani|PSE Palestinian|PRY Paraguayan|PER Peruvian|POL Polish|PRT Portuguese|QAT Qatari|ROU Romanian
RUS Russian|RWA Rwandan|SAU Saudi,Saudi Arabian|SEN Senegalese|SRB Serbian|SGP Singaporean|SVK Slovak|SVN Slovenian|SOM Somali|ZAF South African
KOR South Korean|SSD South Sudanese|ESP Spanish|LKA Sri Lankan|SDN Sudanese|SWE Swedish|CHE Swiss|SYR Syrian|TJK Tajik|TZA Tanzanian|THA Thai
TUN Tunisian|TUR Turkish|TKM Turkmen|UGA Ugandan|UKR Ukrainian|ARE Emirati|GBR British|USA American|UZB Uzbek|VEN Venezuelan|VNM Vietnamese
YEM Yemeni|ZMB Zambian|ZWE Zimbabwean
"""

DEMONYMS: dict[str, str] = {
    adjective.casefold(): entry.split(" ", 1)[0]
    for line in _WRITTEN.split("\n")
    for entry in line.split("|")
    if entry
    for adjective in entry.split(" ", 1)[1].split(",")
}
"""Adjective in small letters → alpha-3. Those that fit several countries, such as Congolese, Korean or Guinean, are not here."""
