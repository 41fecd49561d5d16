"""Units of measure as line items print them, in twelve languages and as UN/ECE recommendation 20 codes."""

from functools import lru_cache

from pipeline.domain.folding import fold
from pipeline.extract.rules.writing.wordlists import words

_UNITS = words(
    """
    stk st stck stueck stuck stuecke styck stycken styk stuks stuk pc pcs pce piece pieces each ea item items
    unit units unites unite unidad unidades ud uds un pz pezzi pezzo nr h87 c62 xpp einh einheit einheiten enh
    enhed enheder enhet enheter eenheid eenheden unita psch pauschal pauschale forfait forf ls kpl szt anzahl kg
    kilo g gr gram gramm t to ton tons tonne tonnes tonnen kgm grm tne lb lbs oz mg l ltr liter litre litres
    litri litro litros cl ml ltrs gal hl mtq m mtr meter metre metres metri metro metros m2 m² m3 m³ mtk cm mm
    km kmt qm cbm lfm lm lbm ft in sqm sqft yd kvm h hr hrs hour hours t. time timer tim timme timmar std stunde
    stunden heure heures uur uren ora ore hora horas hur min minute minutes minuten day days dag dage dagar
    dager dagen tag tage tag(e) jour jours dia dias giorno giorni wk week weeks uge uger woche wochen vecka uke
    mdr maaned maneder maned manad manader month months monat monate monat(e) mois maand maanden mes meses mese
    mesi mon ann year years ar jahr jahre an ans jaar ano anno annee aar kwh mwh pk pak pkt pakke pakker pack
    packs paket pakete paquet paquets pakken confezione paquete package paq box boxes bx krt karton kartons
    kartong kartonger kasse kasser ks kst carton cartons ctn cartone caja cajas scatola scatole doos dozen boite
    boites aske aesker ask lada kiste kisten case cases cs dz doz dzn rl rulle ruller rullar rol rolle rollen
    roll rolls rouleau rouleaux rollo rollos rotolo rotoli set sets saet satz sats sett jeu lot lots par paar
    pair pairs paire paires pr pari palle paller pal pallet pallets palette paletten pallar bottle bottles fl
    flasche flaschen flaske flasker flaska bouteille bouteilles fles flessen botella bottiglia dose dosen dase
    daser blik bag bags pose poser sack saecke sac sacs zak zakken sekk bundt bund bundle bdl bidon spand eimer
    dunk kanister sheet sheets ark blatt bl feuille feuilles vel reams ream ries ramette ramettes risma risme
    resma resmas riem user users license licenses seat seats person personer personen persons lic
    pers personnes personas persone u mq mc oppl opplag oplag oplage
    upplaga upl aufl auflage tirage tirada tiratura post posten poste saes sas saesong sasong saison season temporada
    stagione qtr quarter quarters kvartal quartal trimestre trim kwartaal plt job jobs kan kanne kannen cans pot
    pots j seau seaux tarro jarra barattolo secchio emmer emmers hink hinkar bott btl
    """
)


@lru_cache(maxsize=8192)
def is_unit(text: str) -> bool:
    """Say whether a word is a unit of measure, whatever its case, accents and closing stop."""
    return _bare(text) in _UNITS


def _bare(text: str) -> str:
    return fold(text).rstrip(".,:;").removeprefix("(").removesuffix(")" if "(" not in text[1:] else "")
