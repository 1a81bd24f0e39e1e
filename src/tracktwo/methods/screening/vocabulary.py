"""Words that say little about who is meant: titles, particles, small words, legal forms; and words of organisations in several languages."""

from __future__ import annotations

from collections.abc import Iterable

_SAME_LETTERS = str.maketrans("أإآٱیىکہھەۀة", "اااايىكههههه".replace("ى", "ي"))


def same_letters(text: str) -> str:
    """Return an Arabic, Persian or Urdu spelling with the letters that keyboards exchange written as one."""
    return text.translate(_SAME_LETTERS) if not text.isascii() else text


def _words_of(text: str) -> Iterable[str]:
    return (same_letters(word) for word in text.split())


TITLES = frozenset(
    _words_of("""mr mrs ms miss dr doctor prof professor sir lord lady hon honourable honorable excellency he gen general lt lieutenant col colonel
    maj major brig brigadier
    capt captain cpt cdr commander adm admiral sgt sergeant marshal eng engineer ing father fr rev reverend bishop rabbi imam sheikh shaykh shaikh
    sheik cheikh chekh sheyh shaik
    haj hajj haji hajji hadji hadj hajjah haaji alhaj alhaji alhajji elhaj elhajj mullah mulla molla mollah mullo mawlawi maulavi maulawi mowlavi
    molvi moulvi mawlana maulana
    moulana akhund akhond akhundzada akhundzadeh qari kari sayyid sayed syed sayyed seyyed seyed ustad ustaz ustadz ostad ayatollah hojatoleslam
    hojjatoleslam mufti moulavi
    presidente president minister ministre senator senador don dona senor senora monsieur madame mme mlle herr frau jr sr third
    السيد الدكتور دكتور الشيخ شيخ الحاج حاج حاجی حاجي الملا ملا مولوی مولوي مولانا آخوند اخوند قاری قاري استاد الاستاذ المهندس مهندس اللواء العميد
    العقيد العماد الفريق جنرال سردار آیت‌الله سید سيد
    господин госпожа генерал д-р доктор профессор пан пані 장군 박사 선생 先生 女士 博士""")
)
PARTICLES = frozenset(
    _words_of("""al el ul il bin ben ibn ibnu bint bnt binti binte bte son ould wuld walad ud ur us ush ut uz um de del della di da do dos das du des
    la las le les los van von der den ten ter
    zu zum y e i ap af av st san of abi ag ait aal بن ابن بنت ولد آل ال بنی בן בת בר ве""")
)
"""What stands between names, and articles. `abu` and `umm` are not among them: with what follows they are a name."""
SUN = {
    "ad": "d",
    "ar": "r",
    "as": "s",
    "ash": "sh",
    "at": "t",
    "az": "z",
    "an": "n",
    "ed": "d",
    "er": "r",
    "es": "s",
    "ech": "ch",
    "ess": "s",
    "en": "n",
    "et": "t",
    "ez": "z",
}
"""Articles that took the sound of the letter after them: particles before a word that begins so."""
SMALL = frozenset(
    _words_of("""the of and for in on at to by with from a an & et und y e a o au aux en pour per por para dla i w na für fur mit der die das des du
    de del la le les los las da do dos das di della wa va ve
    و في من فی از در и в на по для с о от та і від של את ה 및 和 与 及""")
)
FORMS: dict[str, str] = {
    word: form
    for form, words in {
        "ltd": "ltd limited limitd ltda limitada limitee",
        "co": "co company corp corporation inc incorporated compania cia compagnie cie companhia sherkat sherkate shirkat firma",
        "llc": "llc ooo ооо тов sarl srl sprl bv gmbh ug kft doo ood eood llp lp pllc fze fzco fzc fz fzllc dmcc wll tov too",
        "jsc": "jsc ao zao oao pao ojsc cjsc pjsc ао зао оао пао ад ag sa spa nv plc ab oy oyj asa sal saog saoc kgaa kg sae psc prat pat pt tbk "
        "bhd sdn pvt pte pty private",
        "sa": "sab sapi cv sac sas sca eirl eu scs",
        "grp": "grp",
    }.items()
    for word in words.split()
}
"""Legal forms by a rough kind: they say how a company is founded, and lists, letterheads and rosters change them freely."""
PHRASES: tuple[tuple[str, str], ...] = tuple(
    (phrase, form)
    for form, phrases in {
        "llc": "limited liability company|limited liability co|gesellschaft mit beschrankter haftung|obshchestvo s ogranichennoi otvetstvennostyu"
        "|obshchestvo s ogranichennoy otvetstvennostyu|obshchestvo s ogranichennoi otvetstvennostiu|tovarystvo z obmezhenoiu vidpovidalnistiu"
        "|tovarystvo z obmezhenoyu vidpovidalnistyu|sociedad de responsabilidad limitada|s de rl|societe a responsabilite limitee|societa a "
        "responsabilita limitata"
        "|sociedade limitada|free zone establishment|free zone company|besloten vennootschap|общество с ограниченной ответственностью",
        "jsc": "joint stock company|open joint stock company|closed joint stock company|public joint stock company|private joint stock company"
        "|joint stock co"
        "|aktsionernoe obshchestvo|aktsionernoye obshchestvo|otkrytoe aktsionernoe obshchestvo|zakrytoe aktsionernoe obshchestvo|publichnoe "
        "aktsionernoe obshchestvo"
        "|sociedad anonima|societe anonyme|sociedade anonima|societa per azioni|aktiengesellschaft|naamloze vennootschap|public limited "
        "company|sociedad anonima de capital variable"
        "|perseroan terbatas|акционерное общество|private limited|co ltd",
        "sa": "s a de c v|sa de cv|de capital variable|de cv|sociedad en comandita|s a|s p a|e u|c a|l t d a|s r l|l l c|s a s",
    }.items()
    for phrase in phrases.split("|")
)
_WORDS = """
bank|banque banco banca banka bankası بنك مصرف بانک банк 은행 银行 銀行
company|compania compagnie companhia sherkat shirkat شركة شرکت компания 회사 公司
group|groupe grupo gruppe gruppa jamaat jamaah جماعة مجموعة گروه группа група 그룹 集团 集團
corporation|kompaniya corporacion korporatsiya korporatsiia مؤسسة корпорация 총공사 总公司 總公司
foundation|fondation fundacion fundacao fond stiftung bonyad muassasat muassasa bunyad مؤسسة بنیاد فونداسيون фонд 재단 基金会 基金會
trading|trade commerce commercial comercial comercio tijarat tijara torgovyi torgovlya bazargani التجارة تجارة تجاری بازرگانی торговый
  торговая торговля 무역 贸易 貿易
shipping|maritime naviera nakliyat kashtirani sudokhodstvo navigation shpg ملاحة الملاحة کشتیرانی судоходство 해운 航运 海運
industry|industries industrial industria industrie sanaye sanat promyshlennost الصناعة صناعة صنایع صنعت промышленность 공업 产业 工业 工業
development|developpement desarrollo tanmiya razvitie tose توسعه تنمية التنمية развитие развития 개발 开发 發展 发展
mining|minera mine maden تعدين معدن горнодобывающая 광업 矿业 礦業
oil|petroleum petrole petroleo naft neft النفط نفط нефть 원유 석유 石油
gas|gaz الغاز غاز گاز газ 가스 天然气
construction|construccion sakhteman stroitelnaya البناء ساختمان строительство строительная 건설 建设 建設
bureau|office oficina daftar maktab مكتب دفتر бюро 국 局
general|generale generalnyi عام العامة عمومی генеральный 총 总 總
department|departement departamento دائرة اداره департамент отдел 부 部
ministry|ministere ministerio vezarat wizara وزارة وزارت министерство 성 省
party|parti partido partiya hizb حزب партия партія 당 党 黨
movement|mouvement movimiento harakat haraka dvizhenie حركة جنبش движение рух 운동 运动 運動
front|jabhat jabha frente جبهة جبهه фронт 전선 阵线
army|armee ejercito jaysh jaish armiya lashkar lashkare جيش ارتش لشکر армия 군 军 軍
brigade|brigades brigada katiba katibat kataib liwa лива كتيبة كتائب لواء бригада 여단 旅
force|forces fuerzas quwwat niru قوات نیروی силы 부대 部队 部隊
liberation|tahrir liberacion تحرير освобождения 해방 解放
national|nationale nacional watani milli natsionalnyi وطني الوطني الوطنية ملی национальный национальная 국가 国家 國家 国民
people|peoples popular populaire shaab narodnaya narodnoi شعبي الشعبي الشعبية خلق народная народный народной 인민 人民
islamic|islami islamiya islamique islamico islamiyya إسلامي الإسلامية الاسلامية الإسلامي الاسلامي اسلامی исламский исламская исламское
  이슬람 伊斯兰
state|etat estado dawla dowlat دولة الدولة دولت государство государственный государственная 국 国 國
republic|republique republica jumhuriya jomhuri جمهورية الجمهورية جمهوری республика 공화국 共和国 共和國
revolution|revolutionary thawra enqelab inqilab revolucion ثورة الثورة انقلاب революция революционный 혁명 革命
guard|guards corps pasdaran sepah haras gvardiya حرس سپاه پاسداران гвардия 근위대 卫队 兵团
committee|comite comité lajna komitet لجنة کمیته комитет комітет 위원회 委员会 委員會
council|conseil consejo majlis shura shora sovet مجلس شورى شورای совет рада 평의회 理事会
union|union unión ittihad etihad soyuz اتحاد الاتحاد اتحادیه союз 연맹 联盟 聯盟
organization|organisation organizacion munazzama tanzim sazman organizatsiya منظمة تنظيم سازمان организация 조직 组织 組織
association|asociacion jamiyat jamiat assotsiatsiya جمعية انجمن ассоциация 협회 协会 協會
charity|charitable khayriya khayriyyah benevolent خيرية الخيرية خیریه благотворительный 자선 慈善
relief|ighatha secours إغاثة الإغاثة امداد помощь 구호 救济
society|societe sociedad jamiyya obshchestvo جمعية المجتمع общество 협회 学会
network|reseau red shabaka شبكة شبکه сеть 네트워크 网络
school|ecole escuela madrasa مدرسة مدرسه школа 학교 学校
university|universite universidad jamia daneshgah universitet جامعة دانشگاه университет 대학교 大学 大學
institute|institut instituto mahad pazhuheshgah معهد موسسه институт 연구소 研究所 研究院
center|centre centro markaz tsentr مركز مرکز центр 센터 中心
exchange|change cambio sarafi sarrafi hawala صرافة صرافی обмен 환전 交易所
money|dinero argent مال پول деньги 금 金融
international|internationale internacional dawli mezhdunarodnyi دولي الدولية الدولي بین‌المللی международный международная 국제 国际 國際
foreign|etranger exterior خارجی الخارجية внешний 대외 对外 對外
economic|economique economica اقتصادي اقتصادی экономический 경제 经济 經濟
science|sciences ciencia علوم наука 과학 科学 科學
technology|technologies tecnologia teknoloji fanavari تكنولوجيا فناوری технология 기술 技术 技術
security|securite seguridad amn amniyat امن الأمن امنیت безопасность 보위 保安 安全
airline|airlines aerolinea havapeymaei طيران هواپیمایی авиакомпания 항공 航空
production|produccion tawlid производство производственный 생산 生产 生產
factory|usine fabrica karkhane مصنع کارخانه завод zavod 공장 工厂 工廠
concern|kontsern concerno концерн
holding|holdings هولدینغ холдинг 控股
investment|investments inversiones inversion istithmar sarmayegozari استثمار سرمایه‌گذاری инвестиции инвестиционный 투자 投资 投資
transport|transportation transporte naql haml نقل حمل транспорт 운수 运输 運輸
korea|korean coree corea koreya كوريا کره корея 조선 한국 朝鲜 朝鮮 韩国
china|chinese chine الصين چین китай 중국 中国 中國
russia|russian russie rossiya rossii روسيا روسیه россия российский 로씨야 俄罗斯
iran|iranian إيران ايران ایران иран 이란 伊朗
iraq|iraqi العراق عراق ирак 이라크 伊拉克
syria|syrian سوريا السورية سوریه сирия 수리아 叙利亚
lebanon|lebanese لبنان اللبناني ливан 레바논 黎巴嫩
jihad|jihadi الجهاد جهاد джихад
resistance|muqawama moqavemat مقاومة المقاومة مقاومت сопротивление 저항 抵抗
martyr|martyrs shuhada shohada شهداء شهدا мучеников
mujahid|mujahidin mujahideen mujahedin mojahedin المجاهدين مجاهدین моджахедов
youth|shabab jeunesse الشباب جوانان молодежь 청년 青年
liberator|liberators
"""
GLOSSARY: dict[str, str] = {}
"""A word of an organisation, folded → its concept in English. A word keeps its own sound beside it."""
for _line in _WORDS.replace("\n  ", " ").strip().splitlines():
    _concept, _, _others = _line.partition("|")
    GLOSSARY[_concept] = _concept
    for _word in _words_of(_others):
        GLOSSARY.setdefault(_word, _concept)
ORGANISATION_WORDS = frozenset(GLOSSARY.values()) - {
    "general",
    "iran",
    "iraq",
    "syria",
    "china",
    "russia",
    "korea",
    "jihad",
    "lebanon",
    "martyr",
    "mujahid",
    "people",
    "foreign",
}
"""Concepts whose words show that a name is one of an organisation."""
_SAME = """
alexander aleksandr oleksandr aliaksandr alexandr aleksander alejandro alexandre iskandar iskander sasha
sergei sergey serhiy siarhei serge sergio sergej serhii
vladimir volodymyr uladzimir wladimir vova
dmitry dmitri dmytro dzmitry dimitri dmitriy dmitrij dima
nikolai mykola mikalai nicholas nicolas nikola kolya nikolay
mikhail mykhailo mikhas michael michel miguel mihail misha mikhalil mikail mikhayl
andrei andriy andrey andrew andreas andrzej andrej andrii
igor ihor ihar
yuri yury iurii yurii yuriy jurij
pavel pavlo paul pablo pawel
pyotr petro peter piotr pedro pierre petr petar
yevgeny evgeny yevhen eugene evgenii yauhen jevgenij evgeniy
ivan john juan jean johann ioann janos jan giovanni
oleg oleh aleh
konstantin kostiantyn kanstantsin constantine
viktor victor viktar
alexei aleksei oleksiy aliaksei alexey alexis oleksii
yelena elena olena helena alena helen
svetlana svitlana sviatlana
catherine ekaterina yekaterina kateryna katarina katherine
natalia nataliya natalya nataliia natallia
anna hanna ganna
maria mariya marya mary marie miriam maryam
joseph yosef yusuf josef jose iosif giuseppe yusif youssef yousef yossef
george georgy georgiy heorhiy yorgos jorge georges giorgi
david dawood daoud dawud davud
solomon suleiman sulayman suleyman soleiman sulaiman
abraham ibrahim avraham ebrahim
moses musa moussa moshe moise
isaac ishaq yitzhak ishak
jacob yaqub yakub yaakov yakov jaime jacques
james jim jimmy jamie
william bill guillermo guillaume wilhelm
robert bob bobby roberto
richard dick ricardo
thomas tom tomas
edward ed eduardo edouard
francisco francis francois paco franz
daniel danny danilo
samuel sam
muhammad mohd md muhd mohamad mohammed mehmet muhammed mohamed mukhammad magomed muhamad mahomet mamadou
ahmad ahmed achmad akhmed akhmad ahmet
hussein husayn hossein husain huseyin
hassan hasan hacene ahcene
abubakar abubakr boubacar abubaker
usman osman othman uthman ousmane
umar omar omer oumar
said saeed saiid
jamal gamal djamel cemal
jibril gabriel gibril jabrail
ismail ismael ishmael
zachary zakaria zakariya zecharia
yahya yehia
matthew mateusz matvei mateo mathieu
stephen steven stepan stefan esteban etienne
philip felipe philippe filipp
theodore fyodor fedir teodoro
gregory grigory hryhoriy ryhor grzegorz grigori
basil vasily vasyl vasil
lawrence lavrenty lorenzo laurent
charles carlos karl karel
louis luis ludwig luigi
henry enrique heinrich henri
anthony antonio anton antoine antonin tony
"""
SAME_NAME: dict[str, int] = {word: number for number, line in enumerate(_SAME.strip().splitlines()) for word in reversed(line.split())}
"""Forms that one given name has in several languages, and its usual short forms: word → the number of its group."""
