"""How many of 9,296 listed persons and organisations have a word that sounds so.

Written by `python -m tools.calibrate_screening` from public lists
(United Nations Security Council 2026-02-27, US Treasury, Office of Foreign Assets Control of no date):
sounds without vowels that at least 3 entries have, and no names.
"""

from __future__ import annotations

NAMED = 9296
_TABLE = """
S:194 S.C2:51 S.C3:23 S.C4:8 S.J2:49 S.J3:20 S.J4:20 S.J5:8 S.S2:22 S.S3:4 S.S4:4 S.a3:3 S.a4:6 S.a5:6 S.o4:4 Sb:66 Sb.C4:10 Sb.J4:5 Sb.S3:33
Sb.S4:4 Sb.S5:10 Sbk:13 Sbl:8 Sbldnk:4 Sbn:13 Sbnk:162 Sbr:36 Sbrd:7 Sbrl:8 Sbrn:3 Sbs:6 Sbt:3 Sbtr:3 Sd:36 Sd.J3:3 Sd.J4:6 Sd.J5:15 Sd.J6:6 Sd.S4:3
Sdn:4 Sdr:11 Sdrn:4 Sdt:5 Sf:20 Sf.C3:4 Sf.J2:6 Sf.S4:5 Sfd:18 Sfk:12 Sfn:6 Sfnl:3 Sfr:63 Sfs:8 Sft:4 Shb:8 Shbs:5 Shd:90 Shdr:3 Shds:4 Shl:3 Shn:42
Shns:3 Shr:15 Sht:5 Sk:50 Sk.C4:8 Sk.C5:4 Sk.J3:7 Sk.J4:5 Sk.S3:4 Sk.S4:5 Sk.S5:9 Sk.S6:6 Skb:9 Skd:3 Sklr:5 Skn:11 Skr:19 Sks:12 Skt:4 Sl:115
Sl.C3:54 Sl.C4:6 Sl.J3:6 Sl.J4:4 Sl.J5:34 Sl.S3:3 Sl.S4:6 SlS:5 Slb:4 Sldn:5 Slm:3 Sln:9 Slr:10 Sls:5 Slsk:3 Slsn:3 Slt:5 Sm:109 Sm.C3:8 Sm.C4:5
Sm.J2:3 Sm.J4:37 Sm.J5:27 Sm.S3:11 Sm.S4:15 Sm.S5:5 Smb:3 Smd:3 Smhr:3 Smkl:13 Smkls:7 Smkt:9 Sml:48 Smn:7 Smns:9 Smr:9 Sms:17 Smstr:5 Smt:34 Smtl:3
Sn:215 Sn.C3:61 Sn.C4:16 Sn.C5:10 Sn.J3:48 Sn.J4:61 Sn.J5:10 Sn.S3:9 Sn.S4:6 Sn.S6:7 Snb:5 Snd:15 Sndl:6 Snk:131 SnkSnk:3 Snkl:4 Snknk:5 Snksnk:5
Snkt:5 Snl:4 Snm:5 Snmnk:4 Snms:3 Snr:8 Sns:8 Snt:30 Sntn:4 Sr:86 Sr.C4:3 Sr.C5:3 Sr.J4:9 Sr.J5:13 Sr.J6:5 Sr.S3:10 Sr.S4:26 Sr.S5:12 Sr.a4:13 SrS:5
SrSs:3 Srdn:3 Srf:38 Srk:70 Srkt:3 Srml:7 Srmn:5 Srn:5 Srs:13 Srslm:5 Srsn:4 Srt:12 Srtbl:20 Ss:187 Ss.J4:131 Ss.J5:56 Ssb:3 Ssf:12 Ssm:12 Ssn:14
Ssr:16 Sst:3 Ssts:3 St:15 St.C4:7 St.J3:4 Stl:6 Stn:4 Str:8 b:592 b.a3:479 b.a4:9 b.a5:8 b.b2:18 b.b3:10 b.b4:19 b.b5:12 b.i2:6 b.p2:13 b.p3:6
b.p4:20 bS:18 bS.b4:7 bS.p4:5 bSk:5 bSkf:4 bSn:4 bSnk:5 bSr:43 bSs:13 bSstf:9 bSt:3 bd:127 bd.a3:17 bd.a4:47 bd.a5:8 bd.a6:12 bd.b3:4 bd.b4:8
bd.b6:3 bd.o5:4 bd.o6:9 bd.u5:6 bd.u6:22 bdSl:5 bdbdl:3 bdbk:6 bdbrmstf:3 bdbsr:7 bdbst:3 bdft:6 bdhb:5 bdhd:12 bdhk:5 bdhkm:4 bdhlm:4 bdhmd:15
bdhsn:4 bdk:12 bdkdr:23 bdkfr:9 bdkl:4 bdklk:4 bdkm:3 bdkn:6 bdkrm:22 bdl:231 bdltf:13 bdmSd:3 bdmd:15 bdmhsn:5 bdmlk:6 bdmn:5 bdmnm:4 bdmr:4 bdn:25
bdnsr:5 bdr:27 bdrb:5 bdrdn:5 bdrf:4 bdrhm:17 bdrhmn:85 bdrht:5 bdrn:8 bdrs:4 bdrsk:10 bds:37 bdslm:19 bdsm:3 bdsmd:10 bdstr:8 bf:14 bf.b3:6 bf.p3:3
bfb:4 bfk:3 bfl:9 bflfS:7 bhl:3 bhn:3 bhnm:4 bhr:4 bhrm:3 bhrn:7 bhsd:6 bht:3 bk:76 bk.b2:4 bk.b3:4 bk.b4:13 bk.i3:4 bk.p2:7 bk.p3:28 bk.p4:9 bkSf:3
bkb:3 bkd:5 bkf:5 bkl:5 bkn:7 bknd:3 bkr:63 bkrd:8 bks:11 bkstn:15 bkt:6 bktr:5 bl:110 bl.a4:9 bl.b3:17 bl.b4:11 bl.b5:22 bl.p4:12 bl.p5:25 blS:7
blSn:3 blSnk:4 blb:3 bld:16 bldnk:16 bldrs:4 blfr:3 blk:26 blksm:9 blm:12 blmn:3 blmr:7 blmrs:6 bln:10 blnk:13 blns:4 blnt:15 blr:13 blrd:3 blrs:4
blrsn:4 bls:79 blsd:4 blsk:4 blstn:16 blt:12 bltn:4 bltrn:9 bm:15 bm.b3:5 bm.p3:3 bmk:4 bmn:8 bmr:3 bn:56 bn.b4:10 bn.b5:7 bn.b6:3 bn.p4:15 bn.p5:9
bnS:4 bnSmn:5 bnd:20 bndr:10 bnfds:5 bnflns:6 bnflnt:3 bnk:179 bnkldS:5 bnknk:4 bnks:4 bnl:3 bnls:4 bnm:16 bnmrkn:3 bnr:8 bns:16 bnsl:4 bnsn:4
bnt:17 bnts:4 br:125 br.a4:4 br.b3:10 br.b4:8 br.b5:13 br.b6:33 br.i5:8 br.p3:10 br.p4:20 br.p5:16 br.p6:3 brS:8 brSd:3 brSn:4 brSnk:3 brbr:4
brbrt:5 brbrts:19 brbs:9 brd:15 brdbrt:6 brdks:9 brdksn:4 brdkstnk:3 brdktf:3 brdktn:24 brdkts:3 brdm:4 brdr:11 brds:10 brdsn:3 brf:6 brfdr:4
brfln:4 brfns:18 brfs:3 brfsnl:3 brfsnls:3 brhm:150 brhn:3 brk:30 brkd:17 brkds:9 brkl:4 brkn:10 brknf:3 brkr:3 brkrk:7 brkrmnt:5 brkrs:4 brks:20
brkt:18 brkts:4 brl:13 brln:5 brls:3 brlt:4 brm:12 brmr:3 brms:5 brmtr:4 brn:21 brnS:28 brndn:3 brnl:3 brnrd:5 brns:10 brnt:5 brntnk:5 brs:119
brsbrt:3 brsd:6 brsfS:8 brsfdnS:3 brsfdstfn:8 brsfn:3 brsn:49 brsnk:4 brsrftn:3 brst:10 brt:54 brtktn:7 brtl:3 brtn:17 brtnrSb:5 brtnrs:11 brtns:5
brtrs:4 brts:5 brtsns:3 bs:88 bs.a4:35 bs.a5:3 bs.b3:10 bs.b4:13 bs.b6:3 bs.p3:7 bs.p4:9 bs.p5:5 bsbr:5 bsd:7 bsdrn:3 bsf:5 bsfk:10 bsk:17 bsl:14
bsm:8 bsn:14 bsnk:3 bsns:16 bsr:30 bsrkd:3 bsrkn:3 bst:5 bstmnt:5 bstn:6 bstr:4 bsts:4 bt:37 bt.a3:3 bt.b3:4 bt.b4:11 bt.b6:5 bt.p3:3 bt.p4:5 btf:3
btk:10 btl:9 btln:13 btlns:5 btm:3 btn:11 btr:34 btrSmkl:49 btrSmkls:3 btrbrs:3 btrf:3 btrfS:8 btrk:19 btrlm:16 btrn:4 btrs:15 d:178 d.D2:3 d.D3:4
d.a2:13 d.a3:18 d.a4:39 d.a5:15 d.d2:9 d.d3:24 d.d4:30 d.e3:8 d.i2:3 d.i3:14 d.i4:5 d.o5:7 d.u4:4 d.w3:6 d.w4:7 dS:6 dS.d4:3 db:33 db.a4:4 db.d3:6
db.d4:4 db.d5:8 db.e4:3 dbd:3 dbl:8 dbrk:3 dbrtf:4 dbrtmnt:21 dbs:3 df:19 df.d3:3 df.d4:7 df.d5:3 dfd:23 dflbmnt:107 dflbrs:3 dfn:4 dfndrs:3 dfns:28
dfnsd:6 dfr:3 dfs:4 dfsn:13 dhkn:6 dhr:7 dk:33 dk.d3:5 dk.d4:19 dk.d5:3 dkb:5 dkdk:3 dkl:3 dkmS:3 dkn:3 dkr:10 dkrt:4 dkstn:4 dktl:6 dktn:4 dl:56
dl.D4:3 dl.a3:5 dl.a4:23 dl.a5:6 dl.d4:13 dl.d5:6 dlb:4 dlf:12 dlkd:3 dlm:8 dln:16 dlr:5 dls:7 dlt:7 dm:38 dm.a4:23 dm.d3:3 dm.d4:4 dm.d5:4 dmfnd:3
dmkrtk:9 dmkrtks:4 dml:5 dmn:9 dmnd:6 dmnk:4 dmnks:4 dmnstrdr:5 dmnstrsn:3 dmnstrtfs:4 dmnstrtn:11 dmnt:3 dmr:5 dms:6 dmsks:6 dmtr:27 dmtrfS:6 dn:83
dn.a4:12 dn.a5:16 dn.a6:5 dn.d3:8 dn.d4:12 dn.d5:10 dn.d6:6 dn.e4:4 dn.e5:4 dnS:4 dnSn:3 dndnk:10 dnk:18 dnl:24 dns:14 dnt:6 dr:67 dr.D3:4 dr.D4:4
dr.d3:8 dr.d4:16 dr.d5:30 dr.d6:5 drS:11 drd:36 drk:22 drklSb:3 drkn:8 drks:3 drktrt:15 drlnk:4 drn:17 drnk:4 drns:3 drs:14 drt:14 ds:41 ds.d3:7
ds.d4:25 ds.d5:3 dsd:3 dsk:4 dskn:7 dsn:14 dsnk:6 dsrl:10 dsrls:7 dst:3 dstn:3 dstrbdr:14 dstrbtn:6 dt:25 dt.d3:10 dt.d4:6 dt.d5:3 dtr:3 f:81 f.a3:3
f.a4:9 f.f2:24 f.f3:6 f.f4:4 f.o2:12 f.v2:4 f.v3:4 f.w4:9 fS:14 fS.f3:6 fS.v4:7 fSnk:3 fSr:24 fSslf:4 fSslfS:8 fb:35 fb.f4:11 fb.f5:9 fb.i3:3
fb.v2:3 fb.v4:7 fbn:3 fd:55 fd.f3:7 fd.f4:25 fd.f5:6 fd.f6:4 fd.o6:5 fd.v4:5 fdk:3 fdl:24 fdm:5 fdrl:13 fdrln:3 fdrtn:4 fds:8 fhd:15 fk:35 fk.a4:3
fk.f4:7 fk.o4:4 fk.v4:6 fkb:3 fkl:9 fkn:20 fknfS:9 fknstn:3 fkr:17 fkrsd:3 fks:4 fktn:3 fktnk:4 fktr:55 fktrfS:15 fktrs:8 fl:85 fl.a5:11 fl.f3:11
fl.f4:12 fl.f6:3 fl.o6:3 fl.v4:39 fl.v5:3 flb:12 flbn:3 fld:8 fldmr:31 fldmrfS:28 fldmrfn:5 fldn:3 flds:4 fldslf:5 flk:11 flkn:6 flks:22 fln:4
flns:23 flnsl:4 flntn:4 flntnfS:5 flr:13 flrfS:10 flrl:4 flrs:41 flrt:7 fls:18 flsks:9 flsn:4 flstn:8 flt:5 fm:3 fml:5 fn:53 fn.a5:3 fn.f3:3 fn.f4:3
fn.i4:25 fn.v4:4 fn.v5:4 fnd:19 fndn:5 fndsn:10 fndtn:65 fnf:3 fnfS:11 fnfn:3 fnfrn:3 fnk:11 fnkrds:4 fns:21 fnsf:4 fnsl:25 fnsnt:3 fnt:6 fntr:7
fntrs:3 fnts:4 fr:64 fr.a4:3 fr.a5:3 fr.f3:11 fr.f4:19 fr.f5:12 fr.f6:4 fr.v4:6 frS:7 frd:24 frdk:4 frdm:4 frdrk:3 frds:5 frhd:5 frhn:5 frk:39
frkd:5 frkn:32 frks:23 frkt:12 frl:7 frm:35 frmn:3 frms:4 frmstkl:3 frn:23 frnd:25 frnds:17 frnk:13 frnkn:9 frnks:3 frnl:3 frns:8 frnsk:24 frnt:12
frs:88 frst:19 frt:14 frtn:3 frts:4 fs:64 fs.f3:7 fs.f4:20 fs.f5:20 fs.f6:9 fs.o5:12 fs.v5:4 fs.v6:3 fsk:8 fsks:8 fsl:47 fslfS:10 fsn:13 fsnt:6
fsr:7 fst:6 ft:39 ft.f3:3 ft.f4:30 ft.f5:5 ftbl:3 ftl:5 ftlfS:3 ftm:4 ftn:16 ftr:13 h:99 h.a4:3 h.h2:25 h.h3:28 h.h4:4 h.i4:4 h.w3:4 h.w6:4 h.y4:5
h.y5:35 hS:13 hS.h4:7 hS.h6:6 hSm:37 hSn:9 hb:37 hb.h4:7 hb.h5:24 hb.h6:3 hb.w5:5 hbS:3 hbl:6 hbln:4 hd:42 hd.a3:4 hd.h4:21 hd.h5:7 hd.w5:4 hdf:4
hdkrtrs:4 hdl:6 hdlkr:3 hdr:10 hds:3 hdt:7 hdtl:4 hf:3 hfd:3 hfntr:5 hfs:25 hfslk:4 hk:48 hk.h2:5 hk.h3:15 hk.h4:24 hkm:11 hkmsd:4 hkmt:6 hkn:23
hkr:6 hksn:4 hktr:16 hl:62 hl.a3:4 hl.h3:3 hl.h4:23 hl.h5:11 hl.h6:18 hlb:14 hlbrs:3 hld:3 hldnk:55 hldnks:21 hlk:3 hlm:3 hln:7 hlnk:4 hls:3 hlt:7
hm:30 hm.a5:3 hm.h3:3 hm.h4:10 hm.h5:9 hm.h6:5 hmS:8 hmbrt:8 hmd:363 hmdl:6 hmdn:15 hmdrs:4 hml:5 hmn:7 hmntrn:10 hmr:6 hms:34 hmt:11 hn:73 hn.h3:16
hn.h4:32 hn.h5:21 hn.h6:3 hnbl:3 hnd:9 hndl:7 hnf:8 hnk:40 hnknk:3 hnr:9 hns:3 hr:43 hr.a5:3 hr.h4:10 hr.h5:4 hr.h6:16 hr.i4:5 hrS:4 hrb:14 hrbrt:5
hrd:4 hrdn:3 hrk:3 hrkt:20 hrktl:3 hrm:3 hrmn:28 hrmns:6 hrms:6 hrn:19 hrnd:5 hrnds:34 hrs:20 hrt:6 hrtd:4 hrtk:4 hs:43 hs.h3:6 hs.h4:20 hs.h5:12
hs.h6:3 hsbl:10 hsf:4 hsk:3 hsm:25 hsmdn:3 hsn:324 hsnd:3 hsnk:15 hsr:4 hstr:4 ht:29 ht.h4:12 ht.h5:9 ht.h6:4 ht.w5:4 htk:3 htl:22 htlr:3 htls:5
htm:17 htn:4 k:204 k.X2:3 k.X4:4 k.a3:38 k.a4:6 k.a5:3 k.e3:4 k.g2:4 k.g3:17 k.g4:5 k.g5:4 k.g6:4 k.i2:4 k.i3:3 k.k1:5 k.k2:23 k.k3:38 k.k4:31
k.k5:4 k.o2:5 k.u2:6 k.y3:4 k.y4:6 kS:45 kS.k3:28 kS.k4:9 kSf:5 kSlf:3 kSm:8 kSmr:3 kSn:5 kb:75 kb.a3:5 kb.a4:4 kb.g3:5 kb.g4:5 kb.k2:7 kb.k3:11
kb.k4:19 kb.y4:5 kb.y5:9 kbdl:6 kbk:7 kbl:20 kblr:4 kblt:3 kbmnt:11 kbn:9 kbnk:4 kbnkn:3 kbns:3 kbr:35 kbrf:3 kbrk:8 kbrl:14 kbrtf:10 kbrtn:8 kbs:17
kbt:12 kbtl:15 kbtn:5 kd:64 kd.X5:5 kd.g3:11 kd.g4:5 kd.g5:3 kd.k4:10 kd.k5:16 kd.w5:8 kdf:23 kdk:3 kdl:8 kdlb:7 kdm:12 kdmt:8 kdn:18 kdns:8 kdr:61
kdrf:3 kds:18 kdt:7 kf:40 kf.k4:25 kf.o5:3 kfS:3 kfd:6 kfk:7 kfks:3 kflSk:3 kfn:7 kfr:17 kfrmn:3 kfrn:3 kfs:4 kft:5 khr:3 khtn:5 kl:149 kl.G3:4
kl.G4:6 kl.X3:4 kl.X4:5 kl.X5:31 kl.a4:4 kl.a5:4 kl.a6:3 kl.g2:4 kl.g3:25 kl.g4:5 kl.k3:14 kl.k4:25 kl.k5:10 kl.k6:7 kl.u4:3 klS:5 klSmnd:4 klb:27
klbl:27 klbnt:3 klbrt:11 kld:63 kldn:17 kldrn:6 klds:4 klf:51 klfn:7 klfs:3 klft:5 klk:18 klkn:5 klks:3 klkst:3 klm:24 klmb:21 klmbn:7 klmf:3
klmnd:5 klmrs:8 kln:23 klnd:7 klr:29 klrd:3 klrm:11 kls:17 klsd:3 klsf:3 klt:5 kltr:6 kltrl:5 km:129 km.G4:5 km.X3:6 km.a4:3 km.g3:5 km.g4:9 km.g5:3
km.k3:77 km.k4:7 km.k5:5 km.k6:3 kmS:7 kmb:24 kmbd:3 kmbl:4 kmblks:25 kmbn:16 kmbnd:3 kmbns:7 kmbr:5 kmbs:10 kmbstbls:3 kmbt:4 kmbtnk:3 kmbtnt:8
kmbtr:3 kmd:11 kmdfS:3 kmdts:4 kml:36 kmn:15 kmnd:5 kmndnt:4 kmnksns:5 kmnktn:6 kmnktns:5 kmns:4 kmnt:3 kmr:14 kmrSsk:7 kmrd:4 kmrn:5 kmrs:11
kmrsl:62 kmrslsdr:40 kms:54 kmsn:13 kmt:34 kmtfS:3 kn:154 kn.G4:6 kn.X3:51 kn.X6:4 kn.a5:3 kn.e7:6 kn.g3:8 kn.g4:7 kn.g7:3 kn.k3:12 kn.k4:29
kn.k5:16 knS:5 knd:26 kndfS:7 kndr:13 kndrs:8 knf:5 knk:98 knkl:3 knkr:4 knkrd:3 knks:6 knkst:3 knl:4 knls:3 knm:11 knmk:14 knr:6 knrd:3 knrtn:14
kns:65 knsl:16 knsls:64 knsltnk:6 knsltns:4 knsltnt:4 knsltr:6 knsltrs:5 knsrn:9 knsrs:7 knst:4 knstntn:6 knstntnfS:4 knstrksns:3 knstrktn:37
knstrktr:20 knstrktrsk:3 knt:8 kntl:3 kntn:4 kntnt:10 kntr:18 kntrktnk:3 kntrl:4 kntrs:11 kr:256 kr.G4:3 kr.X4:18 kr.X5:6 kr.X6:4 kr.X7:16 kr.a4:10
kr.a6:6 kr.g2:3 kr.g4:7 kr.g6:11 kr.i4:19 kr.k3:9 kr.k4:23 kr.k5:116 kr.k6:8 kr.k7:3 krS:16 krb:265 krbk:3 krbkr:15 krbl:5 krbn:12 krbrs:4 krbrsn:10
krbrtf:8 krbs:15 krd:46 krdS:5 krdb:3 krdmbrn:3 krdn:22 krdns:15 krdr:6 krds:9 krdsk:6 krdstn:7 krdt:20 krf:9 krfS:9 krfl:4 krfn:9 krft:3 krht:4
krk:42 krkfS:4 krkl:15 krkltr:7 krkltrl:7 krkn:5 krkr:14 krkrfS:7 krkrn:3 krks:10 krl:22 krld:10 krlf:3 krln:10 krlnk:3 krls:79 krm:56 krmbrk:3
krmf:6 krmn:33 krmnl:4 krms:4 krn:70 krnSn:5 krnd:21 krnk:8 krnl:5 krnr:5 krns:18 krnt:4 krs:76 krsm:3 krsn:15 krst:4 krstn:6 krt:18 krtl:8 krtlr:3
krts:8 ks:119 ks.G4:9 ks.X3:4 ks.a4:24 ks.g3:18 ks.g4:5 ks.k3:9 ks.k4:21 ks.k5:7 ks.k8:3 ksSnk:46 ksb:14 ksbk:3 ksblrtn:5 ksbn:5 ksbrs:6 ksbrt:45
ksd:5 ksdnt:5 ksdrstfn:6 ksf:12 kshml:3 ksk:12 kskr:5 ksktf:3 ksl:20 kslnr:8 kslnrs:3 ksm:49 ksmn:20 ksmr:4 ksmtks:3 ksn:39 ksnf:5 ksnk:6 ksnrn:6
ksns:3 ksr:18 ksrs:16 kst:20 kstf:16 kstl:28 kstlm:16 kstlns:3 kstn:22 kstr:34 kstrS:5 kstrnl:5 kt:53 kt.G4:5 kt.X5:3 kt.g3:3 kt.g4:3 kt.i5:7
kt.k4:11 kt.k5:5 kt.k7:6 ktS:4 ktb:18 ktbt:5 ktd:4 ktf:15 ktk:6 ktl:4 ktm:8 ktn:14 ktnk:6 ktr:21 ktrS:3 ktrn:8 ktrnS:5 ktrnk:7 ktrs:21 ktsd:7 l:552
l.a2:4 l.a3:322 l.a4:13 l.a5:10 l.e3:4 l.e4:3 l.i3:5 l.l2:54 l.l3:43 l.l4:23 l.l5:4 l.o3:46 l.u3:3 l.w3:20 l.w4:28 l.w6:3 l.y5:3 lS:12 lS.l4:4 lSb:4
lSk:5 lSkr:4 lSn:3 lSr:4 lb:33 lb.a4:4 lb.l3:4 lb.l4:13 lb.l5:6 lb.l6:4 lbSr:3 lbd:6 lbk:7 lbl:6 lbld:5 lbn:27 lbns:5 lbr:17 lbrd:7 lbrt:50 lbrtn:24
lbrtr:3 lbs:53 ld:47 ld.a4:3 ld.l3:3 ld.l4:3 ld.l5:5 ld.o3:3 ld.w5:25 ldmr:9 ldn:13 ldr:3 ldsmrfS:4 ldt:4 lf:34 lf.a4:10 lf.a5:3 lf.l4:9 lf.l5:5
lfk:6 lfns:18 lfnt:17 lfr:43 lfrd:23 lfrs:25 lfs:13 lhb:4 lhd:3 lhrmn:4 lhsn:6 lk:63 lk.a4:7 lk.a6:3 lk.l4:12 lk.l5:9 lk.o4:25 lkdf:9 lkf:4 lkfS:4
lkl:4 lkld:3 lkmn:8 lkn:16 lkr:6 lkrdnl:3 lks:47 lksfS:17 lksndr:54 lksndrfS:29 lkstk:3 lkstks:14 lkt:6 lktr:4 lktrk:3 lktrnk:18 lktrnks:15
lktrst:13 lm:48 lm.a4:14 lm.a5:3 lm.l3:6 lm.l4:12 lm.w6:8 lmk:4 lmn:14 lmnm:8 lmns:3 lmnt:7 lmnts:4 lmr:14 lms:14 lmsn:7 lmtd:3 ln:86 ln.a5:6
ln.e5:15 ln.e6:3 ln.l3:15 ln.l4:26 ln.l5:5 ln.l7:4 ln.o5:3 ln.y6:5 lnd:23 lndfS:11 lndn:15 lndr:24 lndrnk:5 lnk:26 lnl:5 lnm:3 lnr:5 lnrd:9 lnrs:7
lns:45 lnt:4 lr:25 lr.a6:7 lr.l4:11 lr.l5:5 lrd:7 lrds:5 lrm:3 lrn:8 lrnsn:8 lrs:16 ls:133 ls.a5:6 ls.a6:7 ls.e5:20 ls.i5:4 ls.l3:7 ls.l4:70 ls.l5:8
ls.l6:4 ls.u6:3 lsb:4 lsbt:4 lsd:11 lshr:3 lshrn:3 lskr:4 lsm:4 lsn:12 lsnk:6 lsr:18 lst:13 lstk:4 lt:36 lt.l3:4 lt.l4:7 lt.w5:3 lt.w7:10 lt.y5:3
ltb:4 ltf:9 ltk:4 ltl:5 ltn:6 ltr:13 m:129 m.a2:3 m.a3:8 m.a4:10 m.a5:4 m.e3:5 m.e4:3 m.i3:4 m.i4:3 m.m2:30 m.m3:14 m.m4:33 m.u2:4 m.u3:3 mS:18
mS.m3:3 mS.m4:6 mS.m5:5 mSd:5 mShd:9 mShdn:18 mSkn:3 mSl:16 mSm:3 mSn:13 mSnkr:3 mSnr:10 mSnstrtln:3 mSr:10 mSrf:3 mSrk:3 mStk:5 mStr:4 mb:13
mb.i3:3 mb.m3:5 mbd:3 mbk:3 mbks:4 mbl:5 mbls:5 mbn:12 mbns:4 mbr:8 mbrk:14 mbrl:4 mbrs:12 mbrsrl:6 mbrsrls:3 mbrt:36 mbrtdr:9 mbs:5 md:97 md.a4:3
md.a5:5 md.e4:4 md.i4:11 md.m3:7 md.m4:32 md.m5:19 md.m6:5 md.m7:4 md.o4:8 mdf:4 mdk:4 mdkl:9 mdl:15 mdn:34 mdr:10 mdrn:6 mdrs:7 mds:7 mf:3 mfk:3
mfmnt:34 mfs:3 mhd:57 mhdn:7 mhfd:4 mhfs:3 mhl:5 mhmd:801 mhmdrs:6 mhmt:4 mhn:8 mhnd:8 mhnds:4 mhr:28 mhrn:8 mhrs:8 mhsd:5 mhsn:36 mk:64 mk.a4:6
mk.a5:3 mk.m2:4 mk.m3:8 mk.m4:25 mk.m5:7 mk.m6:5 mk.o4:3 mk.o5:6 mk.u4:3 mkb:7 mkbr:5 mkd:3 mkdm:6 mkds:5 mkl:60 mklf:7 mklfS:17 mklfn:3 mkls:3
mkm:6 mkmd:8 mkmdfS:3 mkn:13 mknk:4 mkr:4 mkrb:12 mks:16 mksk:3 mksm:5 mksmd:3 mkt:6 mktb:4 mktl:5 mktr:13 ml:73 ml.e5:3 ml.e6:8 ml.m2:4 ml.m3:10
ml.m4:28 ml.m5:9 ml.m6:9 mld:18 mlf:7 mlk:26 mlm:10 mln:27 mlnk:5 mlnm:3 mlrd:3 mls:11 mlsfk:7 mlt:10 mltr:16 mltsrfs:3 mn:237 mn.a3:4 mn.a4:44
mn.a5:26 mn.i4:8 mn.i5:4 mn.m3:49 mn.m4:24 mn.m5:48 mn.m6:6 mn.o4:7 mn.y5:19 mn.y6:3 mnS:6 mnSmnt:3 mnb:4 mnd:9 mndl:6 mndr:5 mnds:19 mnfktrnk:17
mnk:63 mnkmnt:59 mnknk:4 mnks:6 mnl:52 mnm:4 mnmr:9 mnr:35 mnrl:8 mns:34 mnsd:3 mnsk:3 mnsn:6 mnsr:39 mnstr:23 mnt:20 mntl:4 mntn:8 mntns:3 mntr:3
mntsm:4 mr:359 mr.a3:10 mr.a4:78 mr.a5:7 mr.e4:3 mr.i4:3 mr.m2:10 mr.m3:16 mr.m4:29 mr.m5:110 mr.m6:21 mr.m7:4 mr.o4:69 mr.o5:9 mr.o6:3 mr.u3:3
mr.u4:49 mr.u5:5 mr.u6:4 mrS:6 mrSn:3 mrSnt:5 mrbl:4 mrd:10 mrdk:6 mrf:10 mrfn:7 mrk:25 mrkd:3 mrkn:11 mrkntl:3 mrks:21 mrkt:3 mrktnk:5 mrl:19
mrls:11 mrm:13 mrmb:3 mrn:103 mrnd:3 mrs:31 mrsds:4 mrsk:5 mrsl:4 mrslf:6 mrt:10 mrtd:6 mrtk:3 mrtm:22 mrtn:24 mrtns:25 mrtrs:8 mrts:13 ms:86
ms.m3:9 ms.m4:61 ms.m5:10 ms.m6:10 msSd:3 msb:17 msbn:4 msd:17 msf:5 msfr:4 msk:18 mskn:5 mskr:3 mskt:3 msl:18 mslm:15 mslmn:5 mslms:4 msm:3 msml:3
msn:14 msnk:3 msnr:3 msr:29 msrf:3 mst:14 mstf:58 mstsfn:3 mt:39 mt.m3:5 mt.m4:20 mt.m5:7 mt.m6:5 mtb:5 mtk:5 mtl:10 mtlk:6 mtlrk:8 mtls:5 mtm:4
mtmn:3 mtn:14 mtnk:4 mtr:8 mtrl:5 mtrls:7 mts:8 mtsm:5 n:226 n.a2:3 n.a3:20 n.a4:3 n.a5:4 n.e2:29 n.e3:3 n.i2:4 n.i4:3 n.n2:18 n.n3:38 n.n4:11
n.n5:4 n.o3:12 n.u2:4 n.u3:7 n.u5:16 n.w3:28 n.w4:3 n.y3:15 n.y4:5 nS:11 nS.n4:5 nS.w5:3 nSd:3 nSls:5 nSm:3 nSn:17 nSr:9 nSrt:4 nb:25 nb.a5:5
nb.n2:4 nb.n3:5 nb.n4:11 nbk:4 nbl:29 nbr:3 nbt:3 nd:36 nd.a5:3 nd.i5:8 nd.n4:4 nd.n5:12 ndS:4 ndl:7 ndm:7 ndmnt:3 ndn:12 ndns:10 ndr:57 ndrfS:3
ndrk:4 ndrs:13 nds:6 ndstr:59 ndstrl:60 ndstrls:4 ndstrs:97 nf:37 nf.n4:30 nf.n5:5 nfktn:3 nfl:5 nfn:12 nfntr:3 nfr:8 nfrmtn:8 nfrs:6 nfrsl:6
nfrsns:61 nfrst:5 nfst:12 nfstmns:26 nfstmnt:78 nft:6 nftn:5 nftrn:3 nhnk:4 nhr:3 nk:104 nk.a4:16 nk.i3:3 nk.i5:3 nk.n3:9 nk.n4:15 nk.n5:4 nk.u5:4
nk.w4:14 nk.y4:30 nkS:5 nkb:6 nkd:3 nkl:63 nklb:4 nklfS:23 nklfn:4 nklk:4 nkln:3 nklr:12 nkls:7 nkm:6 nkn:15 nknr:5 nknrnk:44 nknrs:9 nkr:14 nks:22
nl:17 nl.n3:7 nl.n4:8 nlsn:5 nm:56 nm.a6:3 nm.i4:4 nm.n3:26 nm.n4:18 nm.n5:5 nm.n6:3 nmb:4 nmblr:37 nmblrs:3 nmbls:4 nmd:4 nmdn:3 nmn:5 nmr:4 nr:60
nr.a4:4 nr.a5:12 nr.n3:21 nr.n4:22 nr.n5:4 nr.n6:3 nrb:3 nrdn:15 nrk:82 nrldn:3 nrn:3 nrs:15 nrt:18 ns:86 ns.a4:27 ns.a5:4 ns.i4:3 ns.n4:11 ns.n5:7
ns.o4:5 ns.w5:3 ns.y5:23 nsf:7 nsk:4 nsl:3 nsm:12 nsn:6 nsnl:8 nsnt:11 nsr:97 nsrdn:7 nsrl:9 nsrn:3 nsrns:13 nsrt:13 nst:41 nstn:12 nstr:6 nstrmnt:3
nstrmntn:3 nt:38 nt.a4:3 nt.a5:3 nt.i3:4 nt.n3:3 nt.n4:4 nt.n5:3 nt.u4:8 nt.u5:6 ntd:11 ntk:6 ntkrl:4 ntl:16 ntlfS:18 ntlfn:4 ntlkns:7 ntn:79
ntnl:60 ntr:17 ntrbrs:41 ntrk:12 ntrkntntl:4 ntrl:5 ntrlnds:4 ntrn:3 ntrnl:6 ntrnsnl:23 ntrntnl:147 ntrst:5 ntrtrd:5 r:198 r.a3:25 r.a4:20 r.a5:5
r.e4:5 r.i3:3 r.i4:5 r.o3:9 r.r2:42 r.r3:21 r.r4:28 r.r5:5 r.u4:4 r.w4:3 r.y4:12 rS:30 rS.a6:6 rS.i4:3 rS.r3:3 rS.r4:8 rSd:38 rSn:3 rSrd:6 rb:67
rb.a4:17 rb.a5:6 rb.e6:4 rb.r3:6 rb.r4:16 rb.r5:15 rb.u5:4 rbS:3 rbl:4 rbld:7 rblk:30 rblkn:6 rbls:5 rbn:24 rbns:3 rbr:6 rbrsntsns:5 rbrt:17 rbsts:3
rbt:7 rd:65 rd.a3:4 rd.r3:13 rd.r4:31 rd.r5:10 rd.w4:3 rd.w5:3 rdkn:3 rdlf:5 rdln:3 rdn:17 rdnd:6 rdnl:4 rdns:3 rdrk:10 rdrks:47 rds:6 rf:39
rf.a4:15 rf.r3:3 rf.r4:13 rfS:16 rfdn:3 rfk:7 rfl:27 rfltn:9 rfltnr:20 rfn:7 rfnk:7 rfnr:9 rfr:25 rfs:5 rft:4 rhbr:6 rhl:6 rhm:22 rhmn:37 rhmt:3
rhmtl:4 rhn:8 rhs:6 rht:3 rk:99 rk.a4:4 rk.e4:13 rk.e5:3 rk.i4:31 rk.i5:7 rk.o3:4 rk.r2:4 rk.r3:5 rk.r4:20 rk.y4:4 rkb:5 rkbrt:4 rkd:6 rkdfS:3 rkl:6
rkmbn:3 rkn:9 rknk:5 rknl:3 rknsn:4 rknsns:4 rknstn:103 rknstrktn:6 rkr:5 rkrd:13 rkrft:4 rkrs:7 rks:12 rkt:3 rktkts:3 rkts:4 rl:69 rl.a5:8 rl.a6:8
rl.o7:3 rl.r3:4 rl.r4:29 rl.r5:15 rl.r7:3 rld:16 rlf:17 rln:16 rlnd:8 rlns:16 rls:14 rm:83 rm.a4:53 rm.r3:11 rm.r4:12 rmSrn:3 rmd:13 rmdn:11 rmk:7
rml:6 rmn:37 rmnd:16 rmns:6 rmnt:3 rmr:20 rmrs:31 rms:17 rmsn:5 rn:175 rn.a4:3 rn.a5:7 rn.i4:82 rn.i5:10 rn.i7:46 rn.r4:13 rn.r5:16 rn.r6:5 rnS:7
rnd:7 rndn:9 rnftn:4 rnk:28 rnkf:3 rnkl:4 rnkn:15 rnkrd:3 rnl:8 rnld:5 rnlf:6 rnr:3 rns:10 rnst:8 rnt:15 rntk:5 rntks:3 rntl:4 rnts:4 rs:191
rs.a4:11 rs.a5:12 rs.a6:6 rs.a7:5 rs.i4:5 rs.r3:5 rs.r4:95 rs.r5:41 rs.r6:3 rs.u5:4 rs.w7:3 rsblk:4 rsblknsk:4 rsbnsbld:3 rsbs:6 rsdn:3 rsdnsl:3
rsf:13 rsk:19 rsl:20 rsln:10 rslnfS:3 rsls:7 rsm:6 rsn:17 rsr:14 rsrS:39 rsrs:11 rsrt:8 rst:4 rstfsk:3 rstm:9 rstns:13 rstrb:7 rstrnt:10 rstrnts:5
rt:26 rt.a3:6 rt.a4:4 rt.r3:3 rtbt:3 rtk:13 rtl:4 rtm:7 rtn:4 rtnbrk:4 rtr:25 rts:8 s:314 s.a2:4 s.a3:17 s.a4:53 s.a5:15 s.a6:3 s.c3:3 s.e3:10
s.e4:3 s.i2:9 s.i3:28 s.i4:19 s.i5:7 s.o4:7 s.s2:44 s.s3:36 s.s4:32 s.s5:9 s.u3:12 s.u5:3 s.y3:5 s.z2:5 s.z3:11 s.z4:4 sS:11 sS.s4:6 sSd:9 sSk:3
sb:94 sb.i7:4 sb.s2:6 sb.s3:18 sb.s4:17 sb.s5:23 sb.s6:16 sb.z4:4 sb.z6:3 sbd:15 sbhn:9 sbhr:3 sbk:19 sbkstn:4 sbl:22 sbls:6 sbn:11 sbnl:3 sbnm:9
sbnml:9 sbns:4 sbr:47 sbrf:3 sbrks:5 sbrm:5 sbrmrkt:4 sbrn:3 sbrns:4 sbrs:6 sbrt:27 sbrtrs:13 sbs:10 sbsl:10 sbstn:4 sbt:18 sbtk:4 sd:247 sd.a4:25
sd.a5:8 sd.s2:3 sd.s3:35 sd.s4:98 sd.s5:24 sd.s6:6 sd.s7:4 sd.s8:15 sd.y4:4 sd.y5:7 sd.z3:3 sd.z4:24 sd.z5:5 sdS:9 sdk:25 sdl:6 sdm:17 sdn:23 sdr:12
sdrn:5 sdrt:5 sds:4 sdt:3 sf:109 sf.a4:7 sf.s3:3 sf.s4:22 sf.s5:8 sf.s6:5 sf.y4:4 sf.y5:60 sfd:9 sfdn:10 sfdr:6 sfhn:3 sfl:24 sfls:7 sfmrtrns:3
sfn:11 sfnk:3 sfnts:14 sfr:22 sfrSt:3 sfrkt:3 sfrn:5 sfrs:3 sft:8 sftln:6 shb:23 shd:8 shk:4 shks:5 shl:21 shm:6 shnd:3 shr:31 shrn:7 sht:3 sk:86
sk.i4:5 sk.i5:3 sk.s2:5 sk.s3:27 sk.s4:15 sk.s5:5 sk.u5:5 sk.z4:7 sk.z5:3 skb:3 skbr:7 skd:4 skdr:3 skl:7 skm:5 skn:11 sknd:10 skndr:3 skr:84
skrbn:3 skrn:3 skrs:9 skrt:30 sks:12 skst:3 skt:5 sktk:6 sktmn:3 sl:168 sl.a4:4 sl.a7:3 sl.i4:16 sl.s2:4 sl.s3:17 sl.s4:94 sl.s5:6 sl.s6:16 sl.s7:7
sld:5 sldftlsk:3 sldn:5 sldrs:12 slf:19 slfdr:7 slfn:3 slfr:5 slfst:3 slftn:4 slhdn:8 slhn:4 slk:16 slm:149 slmk:129 slmn:74 sln:13 slns:3 slr:5
sls:15 slsns:7 slsr:16 slt:7 sltn:28 sltns:4 sm:108 sm.a4:26 sm.a5:5 sm.i4:9 sm.o5:7 sm.s3:10 sm.s4:23 sm.s5:8 sm.s6:3 sm.u5:16 sm.w5:6 smS:3
smSnk:3 smb:10 smbd:6 smbl:3 smbrn:4 smd:6 smk:6 smks:8 sml:68 smlf:4 smlfS:4 smlt:4 smn:58 smnt:16 smr:37 smrlds:3 smrt:4 smsnk:3 smt:13 sn:174
sn.a10:6 sn.a4:3 sn.a5:5 sn.o5:24 sn.s3:20 sn.s4:36 sn.s5:20 sn.s6:17 sn.y5:14 sn.y6:3 sn.y7:3 sn.z4:17 sn.z5:4 snSs:33 snb:6 snbl:12 snd:11 sndfl:5
sndk:6 sndn:4 sndr:4 snds:3 snk:67 snkbr:4 snkl:3 snkn:7 snl:8 snm:5 snr:5 snrk:3 snrs:5 sns:27 snt:39 sntfk:13 sntk:8 sntn:4 sntr:74 sntrl:18
sntrln:3 sntrm:5 snts:11 sr:172 sr.a4:8 sr.a5:6 sr.a8:4 sr.i4:3 sr.i5:3 sr.o6:3 sr.s3:12 sr.s4:26 sr.s5:53 sr.s6:12 sr.w5:7 sr.y5:23 sr.z4:5 sr.z5:4
sr.z6:4 srb:8 srbn:4 srf:25 srfs:100 srhn:5 srk:62 srkb:3 srkfS:12 srkn:4 srkr:4 srks:3 srkt:13 srl:7 srm:4 srmk:3 srn:65 srs:14 srt:5 srtl:4 srtn:5
st:200 st.a4:3 st.e3:12 st.e4:33 st.e6:5 st.i4:7 st.s3:29 st.s4:23 st.s5:62 st.s7:28 st.w4:9 st.w5:3 st.z4:3 st.z6:5 stStnk:13 stb:4 stblSmnt:23
stbn:5 stbnf:3 std:13 stdl:3 stds:4 stf:4 stfn:7 stftls:9 stk:22 stl:47 stlt:3 stm:12 stms:17 stn:48 stns:4 stnslf:3 str:35 strd:9 strkl:5 strl:5
strn:11 strs:8 strt:3 strtk:4 strtrnsks:5 sts:13 stsn:5 stsns:3 stst:3 t:142 t.T2:3 t.T3:8 t.a3:9 t.a4:21 t.e2:8 t.t2:25 t.t3:29 t.t4:34 t.t5:3
t.y3:7 tS:15 tS.t3:10 tS.t4:3 tSn:6 tSnk:5 tSnkl:9 tSnlk:45 tSnlks:17 tb:41 tb.t2:5 tb.t3:6 tb.t4:8 tb.t5:12 tb.t6:3 tbd:3 tbk:7 tbn:9 tbr:3 tbs:3
tbt:3 tbtb:4 td:7 td.t4:4 tdbr:9 tdk:4 tdn:3 tds:3 tf:24 tf.a4:5 tf.t2:10 tf.t4:6 tfk:5 tfl:4 tfn:7 tfr:7 tfstfnst:6 thd:14 thmsb:3 thr:26 thrk:9
thrn:12 tk:37 tk.t2:4 tk.t3:11 tk.t4:10 tk.t5:4 tkl:5 tknlk:5 tkr:10 tkrs:4 tkrt:82 tks:3 tkstls:3 tkt:3 tl:54 tl.T4:3 tl.t3:9 tl.t4:15 tl.t5:19
tl.t6:3 tlb:11 tlbn:10 tld:6 tlf:7 tlfsn:8 tlkm:4 tln:5 tlntk:5 tlr:3 tls:18 tlt:4 tm:31 tm.t3:5 tm.t4:14 tm.t5:3 tm.t6:5 tmd:3 tmk:10 tml:4 tmn:20
tmr:8 tms:9 tmt:3 tmtrs:3 tn:60 tn.T3:3 tn.T4:4 tn.t3:15 tn.t4:20 tn.t5:7 tn.t6:8 tn.t7:3 tnd:6 tndm:3 tnk:21 tnkr:6 tnl:3 tnm:3 tnms:6 tns:17
tnsm:7 tnsn:7 tr:60 tr.T4:6 tr.a4:6 tr.t3:15 tr.t4:14 tr.t5:8 tr.t6:4 tr.w5:4 trS:3 trSl:6 trb:8 trbls:4 trbr:3 trbs:3 trd:65 trdnk:211 trfknk:16
trfl:10 trfn:3 trk:47 trkmn:3 trkn:5 trl:3 trm:3 trmnl:3 trn:6 trnd:9 trns:18 trnsbrt:21 trnsbrtn:21 trnsbrts:9 trnsfr:5 trs:61 trsm:14 trst:28
trstk:4 trstks:3 trt:28 ts:33 ts.T4:4 ts.a5:4 ts.t3:4 ts.t4:17 ts.t5:4 tsn:4 tsnk:6 tsr:5 ~a:11 ~a.a1:11 ~ai:4 ~aiai:6 ~aoi:3 ~au:3 ~i:6 ~i.i1:6
~u:6 ~u.u1:6 ~w:4 ~w.w1:4 ~wa:3 ~wai:22 ~wi:5 ~wu:7 ~ya:4 ~ye:8 ~yu:16
"""
COUNTS: dict[str, int] = {key: int(count) for key, _, count in (entry.rpartition(":") for entry in _TABLE.split())}
