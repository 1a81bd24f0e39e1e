"""Reads the ingredients of a dish: words become foods of the table of diets and allergens; what is not known is asked, never taken for harmless."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from tracktwo.library.culture import Food
from tracktwo.methods.culture import folded

Allergen = Literal[
    "gluten", "crustaceans", "eggs", "fish", "peanuts", "soya", "milk", "tree-nuts", "celery", "mustard", "sesame", "sulphites", "lupin", "molluscs",
]  # fmt: skip
"""The fourteen of the table of diets."""
ALLERGENS: tuple[Allergen, ...] = get_args(Allergen)

_FOODS: Mapping[Food, str] = {
    "pork": "pork,bacon,ham,lard,prosciutto,chorizo,salami,pancetta,porc,jambon,lardons,saucisson",
    "beef": "beef,veal,steak,oxtail,tallow,bœuf,veau,pastrami,bresaola",
    "other_meat": "lamb,mutton,goat,rabbit,venison,horse meat,camel,agneau,mouton,chèvre,lapin,meat,viande,offal,liver,kebab,merguez,sausage",
    "poultry": "chicken,turkey,duck,goose,quail,poultry,poulet,dinde,canard,volaille",
    "fish": "fish,salmon,tuna,cod,anchovy,anchovies,sardine,trout,herring,mackerel,tilapia,sea bass,fish sauce,caviar,poisson,saumon,thon",
    "shellfish": "shellfish,seafood,shrimp,prawn,crab,lobster,squid,calamari,octopus,mussel,oyster,clam,scallop,oyster sauce,crevette,moule,"
    "fruits de mer",
    "egg": "egg,mayonnaise,meringue,aioli,œuf,oeuf",
    "dairy": "dairy,milk,butter,cream,cheese,yogurt,yoghurt,ghee,feta,halloumi,mozzarella,parmesan,labneh,ricotta,paneer,kefir,whey,sour cream,"
    "condensed milk,lait,beurre,crème,fromage,yaourt",
    "alcohol": "alcohol,wine,beer,rum,brandy,vodka,whisky,liqueur,cognac,sake,rice wine,cider,wine vinegar,vanilla extract,vin,bière,rhum,kirsch",
    "caffeine": "coffee,espresso,black tea,green tea,tea,cola,mate,matcha,café,thé",
    "allium": "onion,garlic,leek,shallot,chive,spring onion,scallion,oignon,ail,échalote,poireau,ciboulette",
    "root_vegetables": "carrot,potato,beetroot,beet,radish,turnip,parsnip,sweet potato,yam,cassava,celeriac,ginger root,carotte,pomme de terre,navet",
    "honey": "honey,miel",
    "gelatine_animal": "gelatine,gelatin,marshmallow,aspic,gélatine",
    "animal_rennet": "rennet,parmesan,pecorino,grana padano,présure",
}
"""Food of the table → words of ingredients."""
_ALLERGENS: Mapping[Allergen, str] = {
    "gluten": "wheat,flour,bread,bulgur,couscous,pasta,noodle,semolina,barley,rye,seitan,freekeh,filo,phyllo,pita,spelt,oat,breadcrumb,cake,biscuit,"
    "pastry,soy sauce,beer,flatbread,tortilla wrap,cracker,farine,blé,pain,pâtes",
    "crustaceans": "shellfish,seafood,shrimp,prawn,crab,lobster,crevette,fruits de mer",
    "eggs": "egg,mayonnaise,meringue,aioli,œuf,oeuf",
    "fish": _FOODS["fish"],
    "peanuts": "peanut,peanut butter,groundnut,arachide,cacahuète,satay",
    "soya": "soy,soya,tofu,miso,edamame,tempeh,soy sauce,soy milk,soja",
    "milk": _FOODS["dairy"],
    "tree-nuts": "nut,almond,walnut,hazelnut,cashew,pistachio,pecan,pine nut,praline,marzipan,almond milk,baklava,pesto,"
    "amande,noisette,noix,pistache",
    "celery": "celery,celeriac,céleri,vegetable stock",
    "mustard": "mustard,moutarde",
    "sesame": "sesame,tahini,halva,hummus,zaatar,sésame",
    "sulphites": "sulphite,sulfite,wine,dried apricot,raisin,wine vinegar,vin",
    "lupin": "lupin",
    "molluscs": "seafood,squid,calamari,octopus,mussel,oyster,clam,scallop,oyster sauce,moule,fruits de mer",
}
"""Allergen → words of ingredients that hold it or may."""
_PLANTS = (
    "rice,lentil,chickpea,bean,butter bean,green bean,kidney bean,pea,tomato,aubergine,eggplant,courgette,zucchini,pumpkin,"
    "squash,cucumber,pepper,bell pepper,chili,spinach,chard,kale,cabbage,cauliflower,broccoli,mushroom,lettuce,olive,lemon,"
    "lime,orange,apple,pear,grape,date,fig,melon,mango,banana,berry,berries,pomegranate,apricot,plum,avocado,sweetcorn,corn,"
    "maize,quinoa,millet,fonio,teff,buckwheat,cornflour,chickpea flour,rice flour,coconut,coconut milk,coconut cream,sugar,salt,"
    "oil,olive oil,sunflower oil,vinegar,cider vinegar,rice vinegar,water,parsley,coriander,mint,basil,thyme,oregano,dill,"
    "cumin,cinnamon,turmeric,paprika,saffron,cardamom,clove,nutmeg,bay leaf,rosemary,ginger,sumac,date syrup,grape syrup,"
    "maple syrup,agar,starch,cocoa,dark chocolate,rice noodle,fruit,fruit juice,herb,herbal tea,spice,vegetable,pulses,seaweed,"
    "jam,okra,artichoke,asparagus,yeast,baking powder,riz,lentille,pois chiche,haricot,tomate,concombre,citron,huile,sucre,"
    "sel,eau,menthe,persil,légume,vegan cheese,vegan butter,vegan sausage,vegan mayonnaise,cocoa butter,cream of tartar,peanut oil"
)
"""Words of ingredients that no diet of the table leaves out."""
_PLAIN = frozenset(
    "fresh dried dry raw roasted grilled smoked baked boiled fried chopped minced mince ground sliced red green white black brown yellow "
    "whole hot cold sweet young old wild halal kosher certified organic stock broth bouillon leg shank breast thigh fillet shoulder chop "
    "cutlet cube slice piece leaf leave seed powder paste purée juice zest and with of in or a the sauce soup salad stew filling dressing "
    "topping hard soft low fat".split()
)
"""Words that change nothing in what an ingredient is. `halal` and `kosher` are no proof of a certificate: whether there is one, the check asks."""
_MIXED = "cake,biscuit,pastry,pesto,baklava,hummus,harissa,sausage,merguez,kebab,zaatar,satay,curry paste,stock cube,gravy,salami,chorizo"
"""Words of what is itself made of several things: whatever of it is known counts, and what else is in it is asked."""
SWAPS: Mapping[Food, str] = {
    "pork": "mushroom", "beef": "mushroom", "other_meat": "lentil", "poultry": "chickpea", "fish": "chickpea", "shellfish": "mushroom",
    "egg": "chickpea flour", "dairy": "coconut milk", "alcohol": "fruit juice", "caffeine": "herbal tea", "allium": "herb",
    "root_vegetables": "pumpkin", "honey": "date syrup", "gelatine_animal": "agar", "animal_rennet": "vegan cheese",
}  # fmt: skip
"""Food → an ingredient that can stand in its place and that no diet of the table leaves out."""
SAFE_DEFAULT: tuple[Food, ...] = (
    "pork", "beef", "other_meat", "poultry", "fish", "shellfish", "egg", "dairy", "alcohol", "allium", "root_vegetables", "honey",
    "gelatine_animal", "animal_rennet",
)  # fmt: skip
"""Foods that the safe default leaves out: vegan, without onion, garlic and roots, without alcohol. Of the table of diets; kosher asks for more."""

_ALLERGY_WORDS: Mapping[str, tuple[Allergen, ...]] = {
    "nut": ("tree-nuts", "peanuts"), "noix": ("tree-nuts",), "peanut": ("peanuts",), "arachide": ("peanuts",), "gluten": ("gluten",),
    "coeliac": ("gluten",), "celiac": ("gluten",), "cœliaque": ("gluten",), "wheat": ("gluten",), "lactose": ("milk",), "milk": ("milk",),
    "dairy": ("milk",), "egg": ("eggs",), "fish": ("fish",), "shellfish": ("crustaceans", "molluscs"), "crustacean": ("crustaceans",),
    "mollusc": ("molluscs",), "seafood": ("fish", "crustaceans", "molluscs"), "soya": ("soya",), "soy": ("soya",), "sesame": ("sesame",),
    "sésame": ("sesame",), "celery": ("celery",), "céleri": ("celery",), "mustard": ("mustard",), "moutarde": ("mustard",), "lupin": ("lupin",),
    "sulphite": ("sulphites",), "sulfite": ("sulphites",), "almond": ("tree-nuts",), "walnut": ("tree-nuts",), "hazelnut": ("tree-nuts",),
    "cashew": ("tree-nuts",), "pistachio": ("tree-nuts",),
}  # fmt: skip
"""Words in which people enter an allergy → the allergens to look for."""


@dataclass(frozen=True)
class Ingredient:
    """An ingredient as written, with the foods and allergens that it is or holds; `unread` are its words that nobody knows here."""

    written: str
    foods: frozenset[Food]
    allergens: frozenset[Allergen]
    unread: tuple[str, ...]


def _single(word: str) -> str:
    """A word without the ending of its plural, so that 'tomatoes' is 'tomato'."""
    for ending, least in (("ies", 6), ("oes", 5), ("ches", 6), ("shes", 6), ("s", 4)):
        if word.endswith(ending) and len(word) >= least and not word.endswith(("ss", "us", "is")):
            return word[: -len(ending)] + {"ies": "y", "oes": "o", "ches": "ch", "shes": "sh", "s": ""}[ending]
    return word


def _phrase(text: str) -> tuple[str, ...]:
    return tuple(_single(word) for word in folded(text).split())


_ASKED = frozenset(map(_phrase, _MIXED.split(",")))


def _index() -> dict[tuple[str, ...], tuple[frozenset[Food], frozenset[Allergen]]]:
    foods: dict[tuple[str, ...], set[Food]] = {}
    allergens: dict[tuple[str, ...], set[Allergen]] = {}
    for food, words in _FOODS.items():
        for word in words.split(","):
            foods.setdefault(_phrase(word), set()).add(food)
    for allergen, words in _ALLERGENS.items():
        for word in words.split(","):
            allergens.setdefault(_phrase(word), set()).add(allergen)
    known = {*foods, *allergens, *map(_phrase, _PLANTS.split(",")), *_ASKED}
    return {phrase: (frozenset(foods.get(phrase, ())), frozenset(allergens.get(phrase, ()))) for phrase in known}


_KNOWN = _index()
_LONGEST = max(map(len, _KNOWN))


def read_ingredient(written: str) -> Ingredient:
    """Read an ingredient word by word; of phrases that begin alike the longest counts, so that coconut milk is no milk."""
    words = _phrase(written)
    foods: set[Food] = set()
    allergens: set[Allergen] = set()
    unread: list[str] = []
    known = False
    at = 0
    while at < len(words):
        length = next((n for n in range(min(_LONGEST, len(words) - at), 0, -1) if words[at : at + n] in _KNOWN), 0)
        if length:
            known = True
            found = _KNOWN[words[at : at + length]]
            foods |= found[0]
            allergens |= found[1]
            if words[at : at + length] in _ASKED:
                unread.append(" ".join(words[at : at + length]))
        elif words[at] not in _PLAIN:
            unread.append(words[at])
        at += length or 1
    if not known and not unread:  # only words such as 'fresh' or 'sauce', which name no ingredient
        unread = list(words) or [written]
    return Ingredient(written, frozenset(foods), frozenset(allergens), tuple(unread))


def read_allergies(entered: Iterable[str]) -> tuple[frozenset[Allergen], tuple[str, ...]]:
    """Return the allergens that people entered, and the entries in which none is recognised: those the check cannot look for."""
    found: set[Allergen] = set()
    unread: list[str] = []
    for entry in entered:
        named = {allergen for word in _phrase(entry) for allergen in _BY_ALLERGY.get(word, ())}
        found |= named
        if not named:
            unread.append(entry)
    return frozenset(found), tuple(dict.fromkeys(unread))


_BY_ALLERGY = {_phrase(word)[0]: allergens for word, allergens in _ALLERGY_WORDS.items()}
