"""The words that head the columns of a table of line items, in twelve languages.

Written as `folding.fold_words` leaves them: lower case, no accents, no punctuation.
"""

from enum import StrEnum

from pipeline.extract.rules.writing.wordlists import words


class ColumnRole(StrEnum):
    """What a column holds; `AMOUNT` and `TAX` are not yet told apart into net or gross, rate or amount."""

    POSITION = "position"
    ITEM_CODE = "item_code"
    DESCRIPTION = "description"
    QUANTITY = "quantity"
    UNIT = "unit"
    UNIT_PRICE = "unit_price"
    LIST_PRICE = "list_price"
    PRICE_BASE = "price_base"
    DISCOUNT = "discount"
    TAX = "tax"
    TAX_RATE = "tax_rate"
    TAX_AMOUNT = "tax_amount"
    AMOUNT = "amount"
    NET_AMOUNT = "net_amount"
    GROSS_AMOUNT = "gross_amount"
    ORDER_LINE_REFERENCE = "order_line_reference"
    OTHER = "other"


NUMERIC_ROLES = frozenset(
    {
        ColumnRole.QUANTITY,
        ColumnRole.UNIT_PRICE,
        ColumnRole.LIST_PRICE,
        ColumnRole.PRICE_BASE,
        ColumnRole.DISCOUNT,
        ColumnRole.TAX,
        ColumnRole.TAX_RATE,
        ColumnRole.TAX_AMOUNT,
        ColumnRole.AMOUNT,
        ColumnRole.NET_AMOUNT,
        ColumnRole.GROSS_AMOUNT,
    }
)
AMOUNT_ROLES = frozenset({ColumnRole.AMOUNT, ColumnRole.NET_AMOUNT, ColumnRole.GROSS_AMOUNT})
TAX_ROLES = frozenset({ColumnRole.TAX, ColumnRole.TAX_RATE, ColumnRole.TAX_AMOUNT})

PHRASES: dict[ColumnRole, str] = {
    ColumnRole.POSITION: """
        pos | position | nr | no | n | line | line no | line # | lin | linje | linje nr | linjenr | lnr | zeile
        | ligne | n ligne | regel | rgl | rad | radnr | rad nr | linea | riga | posicion | posizione | posnr |
        pos nr | # | lfd | lfd nr | lp | sl no | sr no | s no | sno | sl | ln | item no # | item # | rivi |
        rivinro | lig | rg | regelnr | volgnr | l p | poz | linha | ord | row
    """,
    ColumnRole.ITEM_CODE: """
        item code | item no | item number | item id | product code | product no | product number | product id |
        part no | part number | article no | article number | article code | sku | code | stock code |
        catalog no | cat no | ref | ean | gtin | ean gtin | ean kode | varenr | vare nr | varenummer |
        vare nummer | artikelnr | artikel nr | artikelnummer | art nr | artnr | art no | art kod | artikelkode |
        artikelcode | bestellnr | bestell nr | best nr | teilenummer | materialnummer | mat nr | material nr |
        produktnr | produkt nr | produktnummer | produktkode | produktcode | reference | ref article |
        code article | reference article | n article | no article | reference produit | code produit |
        ref produit | codigo | cod | cod articulo | codigo articulo | referencia | ref articulo | codice |
        codice articolo | cod articolo | cod art | riferimento | bestelnummer | artikelnummer leverancier |
        prodno | unsere art nr | sachnummer | best kod | artikel id | varekode | vare kode | article id | upc |
        isbn | mpn | hersteller nr | supplier code | vendor item | supplier item | our item | your item |
        leverandorens varenr | katalognr | unsere artnr | product sku | hsn sac | tuotenro | tuotenumero |
        tuotekoodi | koodi | tuote nro | nimikenro | art | symbol | indeks | nr artykulu | indeks towaru |
        symbol towaru | nr kat | artigo cod | cod artigo | codigo do artigo | varunr | varunummer | benamning nr
    """,
    ColumnRole.DESCRIPTION: """
        description | item description | product description | item | items | product | products | article |
        service | services | details | description of goods | description of services | goods |
        goods and services | particulars | activity | work | task | item and description | product service |
        product or service | services rendered | your order | name | item name | product name | title |
        beskrivelse | varebeskrivelse | vare | varer | varetekst | tekst | betegnelse | ydelse | produkt |
        produktnavn | varenavn | benaevnelse | bezeichnung | beschreibung | artikel | artikelbezeichnung |
        artikelbeschreibung | leistung | ware | warenbezeichnung | text | gegenstand | leistungsbeschreibung |
        produktbezeichnung | produktbeschreibung | dienstleistung | positionstext | bezeichnung der leistung |
        material | designation | libelle | libelles | produit | produits | articles | prestation | prestations |
        denomination | intitule | objet | designation des produits | description des articles |
        details des prestations | nature de la prestation | produits et services | omschrijving |
        productomschrijving | artikelomschrijving | dienst | beschrijving | product omschrijving | werkzaamheden
        | beskrivning | benamning | artikelbenamning | produktbenamning | tjanst | specifikation |
        varubeskrivning | vara | avser | artikkel | varebetegnelse | tjeneste | produktbeskrivelse |
        spesifikasjon | descripcion | concepto | articulo | articulos | producto | productos | detalle |
        servicio | servicios | denominacion | conceptos | descrizione | descrizione articolo | articolo |
        prodotto | servizio | prestazione | oggetto | voce | descrizione dei beni | descrizione prodotto |
        descripcion del producto | descripcion del articulo | kuvaus | nimike | tuote | opis | nazwa |
        artikel beschreibung | artikel bezeichnung | vare beskrivelse | artikel omschrijving | ordered items |
        specification | navn | selite | tuotenimi | nimitys | tavara palvelu | tuotekuvaus | selitys |
        tuotteen nimi | nature | descr | natura e qualita | omschr | nazwa towaru lub uslugi |
        nazwa towaru uslugi | towar usluga | nazwa towaru | nazwa uslugi | wyszczegolnienie | artykul |
        descricao | designacao | artigo | descricao do artigo | discriminacao | designacao do produto | produto
        | artikkeli
    """,
    ColumnRole.QUANTITY: """
        quantity | qty | qty ordered | ordered qty | order qty | quantity ordered | qnty | quant | units | hours
        | hrs | hrs qty | qty hrs | hours qty | no of units | count | pcs | pieces | ordered | days | billed |
        invoiced qty | qty invoiced | qty shipped | number | requested qty | q ty | qty requested | antal | stk
        | maengde | ant | antal stk | bestilt | leveret | timer | antal timer | leveret antal | bestilt antal |
        menge | anzahl | anz | stuck | stueck | std | stunden | bestellmenge | liefermenge | gelieferte menge |
        bestellte menge | stuckzahl | mge | quantite | qte | nombre | nb | heures | qte commandee |
        quantite commandee | qte livree | quantite livree | nbre | quantites | aantal | hoeveelheid | uren |
        aant | besteld | geleverd | aantal uren | stuks | kvantitet | bestallt | levererat | timmar | lev antal
        | best antal | mangd | levererad | lev ant | antall | mengde | bestilt antall | levert | levert antall |
        antall timer | cantidad | cant | uds | unidades | ctdad | ctd | horas | cantidad pedida | ud | quantita
        | qta | q ta | qt | ore | quantita ordinata | pezzi | nr pezzi | maara | kpl | ilosc | cdad | kvantum |
        lukumaara | toimitettu | maa | toim maara | tilattu | lkm | ilosc szt | szt | liczba | il | ilosc wydana
        | ilosc zam | quantidade | qtd | qtd entregue | shipped | qnt | kvn
    """,
    ColumnRole.UNIT: """
        unit | uom | unit of measure | u m | um | measure | enhed | enh | mengeneinheit | einheit | einh | me |
        meh | ve | unite | unites | u | eenheid | eenh | enhet | unidad | ud med | unidad de medida | unita |
        unita di misura | unita misura | unidad medida | meng einheit | mengen einheit | pack | unit type |
        yksikko | jm | udm | forp | salgsenhed | verpakking | unite de mesure | maleenhed | pakn | eh | pro |
        med | envase | yks | yksik | myyntiyks | mittayks | uv | cond | u d m | conf | maleenhet | verp | ehd |
        j m | jedn | jednostka | miara | unidade | uni | unid | emb | un | mattenhet
    """,
    ColumnRole.UNIT_PRICE: """
        unit price | price | rate | unit cost | cost | price per unit | unit price excl vat | price each | each
        | rate price | price unit | unit rate | hourly rate | price ea | net price | net unit price |
        unit net price | cost per unit | price excl vat | unit net | per unit | item price | unit amount |
        price hr | rate hr | price unit net | sales price | unit value | pris | enhedspris | stykpris | stk pris
        | stykpris ekskl moms | enhedspris ekskl moms | pris pr enhed | pris enhed | a pris | pris pr stk |
        pris stk | salgspris | timepris | nettopris | pr stk | sats | pris ekskl moms | a | pris ex moms |
        einzelpreis | preis | ep | e preis | einzel | stuckpreis | preis pro einheit | preis einheit |
        preis je einheit | nettopreis | einzelpreis netto | preis eur | einheitspreis | stundensatz | satz |
        e preis netto | netto einzelpreis | preis stk | preis stuck | netto preis | vk preis | prix unitaire |
        prix | p u | pu | pu ht | p u ht | prix unitaire ht | prix unit | prix unit ht | tarif | prix u ht |
        prix u | prix ht | prix unitaire net | taux horaire | p unitaire | prix unitaire hors tva | prix net |
        px unitaire | px unit | p unit | prijs | stukprijs | eenheidsprijs | prijs per stuk | prijs per eenheid
        | tarief | stuksprijs | prijs excl btw | uurtarief | nettoprijs | prijs eenheid | per stuk | eenh prijs
        | prijs p st | apris | styckpris | enhetspris | pris per enhet | a pris exkl moms | timpris | pris st |
        pris exkl moms | pris enhet | per st | pris pr enhet | enhetspris eks mva | stk pris eks mva |
        pris eks mva | pris per stk | precio | precio unitario | precio unit | p unitario | precio ud |
        precio por unidad | tarifa | p u sin iva | importe unitario | precio neto | precio unidad | coste |
        precio uni | pvp | prezzo | prezzo unitario | prezzo unit | prezzo un | prezzo netto | costo unitario |
        importo unitario | pr unitario | prezzo cad | tariffa | a hinta | hinta | yksikkohinta | cena |
        cena jedn | ep netto | p v p | pr unit | importo unit | cena netto | cena jednostkowa | cena jedn netto
        | c netto | cena jednostkowa netto | cena netto j m | preco | preco unitario | preco liquido |
        valor unitario | preco unit | pris inkl moms | pris inkl mva | yks hinta | hinta yks | hinta alv 0 % |
        hinta alv 0 | hinta alv | veroton hinta | hinta veroton | veroton a hinta | a hinta alv 0 % |
        a hinta veroton
    """,
    ColumnRole.LIST_PRICE: """
        list price | gross price | rrp | listenpreis | bruttopreis | listepris | bruttopris | vejl pris |
        prix brut | prix public | tarif public | catalogusprijs | brutoprijs | listpris | brutopris |
        veil pris | precio tarifa | precio bruto | prezzo di listino | listino | prezzo lordo |
        gross unit price | vk brutto | bruttoprijs | p u brut | prix catalogue
    """,
    ColumnRole.PRICE_BASE: """
        price base qty | price base quantity | base qty | per | pr | je | par | price unit base |
        price base | preiseinheit | pe | prisenhed | prisenhet | prijs per
    """,
    ColumnRole.DISCOUNT: """
        discount | disc | disc % | discount % | % disc | less | adjust | adjustment | reduction | allowance |
        deduction | allowances charges | disc amount | rabat | rabat % | rab | rab % | rabatt | rabatt % |
        nachlass | nachlasse | abzug | nachlasse zuschlage | remise | rem | rem % | remise % | rabais | korting
        | korting % | krt | kort | descuento | dto | dto % | dcto | desc % | % dto | sconto | sc | sc % | sconti
        | sconto % | % sconto | ale % | rabatt i % | discount or charge | remises | taux remise | linjerabat |
        linjerabatt | radrabatt | abschlag | rebate | adj | desc | % desc | alennus | ale | alennus % | al % |
        rivialennus | r % | % sc | kort % | krt % | regelkorting | upust | upust % | % rabatu | rabaty |
        desconto | descontos | desconto %
    """,
    ColumnRole.TAX: """
        vat | tax | taxes | gst | hst | sales tax | moms | afgift | mwst | ust | steuer | umsatzsteuer |
        mehrwertsteuer | tva | taxe | btw | mva | merverdiavgift | iva | imposta | impuestos | impuesto |
        alv | ptu | igic
    """,
    ColumnRole.TAX_RATE: """
        vat % | vat rate | tax rate | tax % | % vat | gst % | moms % | momssats | moms sats | % moms | moms i %
        | mwst % | mwst satz | ust % | ust satz | steuersatz | steuer % | % mwst | tva % | taux tva |
        taux de tva | taux | % tva | taux taxe | btw % | btw tarief | % btw | btw percentage | mva % | mva sats
        | % mva | iva % | % iva | tipo iva | tipo de iva | aliquota | aliquota iva | aliq | aliq iva | tipo |
        moms procent | vat code | momskode | vat cat | % ust | % | steuer satz | tva taux | alv % | cod iva |
        c iva | mva kode | momskod | steuerschlussel | vat pct | sales tax rate | tipo impositivo | imp % |
        skattesats | skattsats | belastingtarief |
        vero % | verokanta | verokoodi | avgift % | stawka | stawka podatku | stawka vat | taxa | taxa iva |
        alv kanta
    """,
    ColumnRole.TAX_AMOUNT: """
        vat amount | tax amount | gst amount | momsbelob | moms belob | moms kr | mwst betrag | ust betrag |
        steuerbetrag | montant tva | montant de tva | btw bedrag | momsbelopp | mva belop | importe iva |
        cuota iva | cuota | importo iva | iva importe | sgst | cgst | igst | cess | sgst ugst | tva montant |
        vat amt | tax amt | steuer eur | vero | alv euroa | veron maara | alv maara | alv yht | arvonlisavero |
        skattebelob | skattebelopp | belastingbedrag |
        veron osuus | importo imposta | tot imposta | belasting | podatek | kwota podatku | kwota vat |
        valor imposto | valor iva | imposto
    """,
    ColumnRole.AMOUNT: """
        amount | total | line total | total price | sum | subtotal | sub total | total amount | extended price |
        extension | ext price | extended | value | line amount | total cost | price total | amount due |
        line value | charges | total value | item total | belob | i alt | ialt | linjebelob | linje total |
        total pris | totalpris | linietotal | linjetotal | pris i alt | samlet pris | linje belob | betrag |
        summe | gesamt | gesamtpreis | gp | g preis | gesamtbetrag | wert | positionsbetrag | preis gesamt |
        positionssumme | warenwert | endpreis | entgelt | gesamtsumme | eur | umsatz | pos betrag | gesamt preis
        | montant | total ligne | prix total | valeur | p total | montant total | total net | somme | bedrag |
        totaal | totaalbedrag | regeltotaal | totaalprijs | regelbedrag | subtotaal | som | belopp | summa |
        radbelopp | radsumma | totalt | att betala | totalsumma | belop | linjesum | totalbelop | sum linje |
        importe | importe total | monto | valor | total linea | precio total | total importe | importo | totale
        | prezzo totale | totale riga | valore | importo totale | yhteensa | wartosc | rivisumma | yht | razem |
        kwota | wart | importancia | liquido
    """,
    ColumnRole.NET_AMOUNT: """
        net amount | net | net total | total net | net value | line total net | amount excl vat | total excl vat
        | net line total | total ex vat | amount ex vat | taxable value | taxable amount | ex vat |
        subtotal excl vat | line net | total excl tax | belob ekskl moms | total ekskl moms | i alt ekskl moms |
        nettobelob | netto | ekskl moms | belob ex moms | belob excl moms | nettobetrag | netto betrag |
        gesamt netto | gesamtpreis netto | nettosumme | summe netto | netto summe | betrag netto | netto gesamt
        | nettowert | netto eur | nettoumsatz | total ht | montant ht | montant net | net ht | prix total ht |
        total hors taxe | total hors tva | montant hors taxe | montant net ht | ht | nettobedrag | netto bedrag
        | totaal excl btw | bedrag excl btw | excl btw | totaal excl | totaal netto | nettobelopp |
        belopp exkl moms | summa exkl moms | exkl moms | netto belopp | totalt exkl moms | belop eks mva |
        sum eks mva | eks mva | nettobelop | belop ekskl mva | total eks mva | netto belop | totalt eks mva |
        importe neto | neto | base imponible | total sin iva | base | importe sin iva | total neto |
        subtotal sin iva | base imp | imponibile | importo netto | totale netto | totale imponibile |
        netto iva esclusa | totale iva esclusa | base ht | subtotal net | veroton yhteensa | veroton summa |
        veroton | mt ht | wartosc netto | kwota netto | wart netto | wartosc netto zl | total liquido |
        valor liquido | total s iva | total sem iva | nettosumma
    """,
    ColumnRole.GROSS_AMOUNT: """
        gross amount | gross | total incl vat | amount incl vat | total inc vat | total incl tax | incl vat |
        gross total | inc vat | belob inkl moms | total inkl moms | i alt inkl moms | inkl moms |
        belob incl moms | bruttobetrag | brutto | gesamt brutto | bruttosumme | summe brutto |
        gesamtpreis brutto | total ttc | montant ttc | ttc | prix ttc | totaal incl btw | bedrag incl btw |
        incl btw | bruto | totaal incl | belopp inkl moms | summa inkl moms | belop inkl mva | sum inkl mva |
        inkl mva | total con iva | total iva incluido | importe con iva | totale ivato | totale iva inclusa |
        lordo | importo lordo | totalt inkl moms | totalt inkl mva | pvp iva incl | bruttobelob | bruttobelopp |
        bruttobelop | verollinen | verollinen summa | yhteensa sis alv | sis alv | verollinen yhteensa |
        summa sis alv | mt ttc | net ttc | wartosc brutto | kwota brutto | wart brutto | razem brutto |
        wartosc z vat | wartosc brutto zl | total c iva | valor c iva | total com iva | total iliquido |
        total c imp
    """,
    ColumnRole.ORDER_LINE_REFERENCE: """
        po line | order line | po pos | bestellpos | bestellposition | best pos | ordrelinje | bestellzeile |
        po item | ligne commande | ligne de commande | orderregel | po no | order no | ordrenr | po number |
        customer po line | deres pos | rekv pos | ordre pos | deres linje | best linje | ihre pos | auftragspos
        | kd pos | pos best | ihre position | line ref | your pos | cust line | po ln | order pos | linea pedido
        | su linea | pos pedido | linea de pedido | su pos | tilausrivi | tilauksen rivi | til rivi | rivinne |
        ostorivi | til pos | ligne cde | pos cde | votre ligne | lig cde | n ligne cde | votre pos | riga ordine
        | vs riga | pos ordine | rif riga | riga ord | posizione ordine | vs pos | kundens linje | linjeref |
        innkjopslinje | uw regel | bestelregel | uw pos | ordrgl | po regel | orderpos | poz zam |
        pozycja zamowienia | wasza poz | poz zamowienia | poz klienta | linia zam | lp zam | linha enc | v linha
        | linha da encomenda | pos enc | lin enc | posicao enc | v pos | orderrad | er rad | er pos | best rad |
        ordrad | kundens rad | inkopsrad | ert radnr
    """,
    ColumnRole.OTHER: """
        date | datum | dato | fecha | data | delivery date | lieferdatum | leveringsdato | leverdatum |
        serial no | serial number | batch | lot | charge no | warehouse | lager | origin | weight | vaegt |
        gewicht | poids | peso | vikt | vekt | references | referenzen | line status | status | notes | remarks
        | bemerkung | period | periode | account | konto | kostenstelle | category | kategori | leveringsuge |
        liefertermin | delivery | levering | due | requested date | colli | hsn | currency | valuta | leveres |
        onsket levering | line text | packaging | livraison | date livraison | project | projekt | employee |
        medarbejder | mitarbeiter | stockkeeping | back order | backorder | rest | restordre | restant | image |
        bild | foto | lev dato | udfort | arbejdsdato | dag | bilagsdato | leistungsdatum | tag | arbeitstag |
        del date | service date | work date | day | ship date | f entrega | dia | fecha serv | fecha albaran |
        realizado | fecha trabajo | pvm | toim pvm | paiva | tehty | tyopaiva | toimituspvm | paivays | livre le
        | date livr | jour | date prestation | date interv | execute le | data consegna | giorno | data ddt |
        eseguito il | data lav | data prest | utfort | arbeidsdato | uitgevoerd | werkdatum | datum lev |
        boekdatum | data dostawy | dostarczono | dzien | data wyk | wykonano | data wydania | data wz |
        data entrega | data servico | executado em | data guia | data trab | arbetsdatum | verif datum
    """,
}

# Single words from which an unknown heading is put together: "Net price per piece" is a price.
PRICE_WORDS = words(
    """
    price pris preis prix prijs precio prezzo rate cost tarif tarief tarifa tariffa einzelpreis stykpris hinta
    apris cena preco
    """
)
AMOUNT_WORDS = words(
    """
    amount total sum subtotal value belob betrag summe gesamt gesamtpreis montant bedrag totaal belopp summa
    belop importe monto importo totale wert valeur valor valore gesamtbetrag linjebelob totalpris totalt ialt
    yhteensa wartosc kwota rivisumma
    """
)
QUANTITY_WORDS = words(
    """
    quantity qty antal antall menge anzahl quantite qte aantal hoeveelheid kvantitet cantidad cant quantita qta
    stk hours timer stunden heures uren timmar horas ore ilosc maara quantidade qtd
    """
)
UNIT_WORDS = words(
    """
    unit uom einheit enhed enhet unite eenheid unidad unita yksikko jednostka unidade
    """
)
TAX_WORDS = words(
    """
    vat tax gst moms mwst ust steuer umsatzsteuer tva taxe btw mva iva mehrwertsteuer taxes alv vero podatek
    """
)
RATE_WORDS = words(
    """
    % rate satz sats taux tarief tipo aliquota pct procent percent prozent percentage code kode stawka taxa
    kanta
    """
)
DISCOUNT_WORDS = words(
    """
    discount disc rabat rabatt nachlass remise korting descuento dto sconto rab rem alennus upust desconto
    """
)
EXCLUDING = words(
    """
    excl ex exc excluding ekskl excl ht hors netto net nett neto sin senza utan eks exkl ohne zzgl without
    esclusa exclusive veroton bez sem liquido s
    """
)
INCLUDING = words(
    """
    incl inc including inkl ttc brutto bruto gross con lordo inclusa incluido comprise inklusive ivato mit
    inbegrepen sis verollinen com z
    """
)
CODE_WORDS = words(
    """
    code sku ean gtin varenr artikelnr artikelnummer varenummer artnr codigo codice referencia kod kode
    """
)
DESCRIPTION_WORDS = words(
    """
    description beskrivelse bezeichnung beschreibung designation omschrijving beskrivning benamning descripcion
    descrizione varetekst libelle concepto varebeskrivelse artikelbezeichnung artikelbeschreibung betegnelse
    produktbezeichnung kuvaus selite nazwa descricao designacao
    """
)
NAME_WORDS = words("name nom navn namn naam nombre nome nazwa nimi")
FILLERS = words(
    """
    in i en eur usd gbp dkk sek nok chf kr euro euros dollars of the de du des per pr pro je par a the and und
    og et y e der die das von vom van
    """
)
