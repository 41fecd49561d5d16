"""The words that stand before totals, in twelve languages: plain data for `captions`.

Alternatives are regular expressions over folded words, parted by "|"; VAT stands for any word for value added tax,
EXCL and INCL for any word for "excluding" and "including".
"""

TAX = r"""
    vat | tax(?:es)? | moms\w* | mva | merverdiavgift\w* | mwst | ust | umsatz?s?steuer\w* | mehrwertsteuer\w* |
    steuer(?:betrag|summe)? | tva | btw\w* | omzetbelasting | iva | igic | imposta | imposte | impuesto?s? | cuota |
    gst | hst | pst | qst | cgst | sgst | igst | taxe?s? | mwstbetrag | ustbetrag | versicherungssteuer |
    versicherungsteuer | merverdiavg |
    alv | vero | arvonlisavero | ptu | podatek | podatku | imposto |
    steuern | skatt? | skattebelo\w+ | belasting\w* | imposicion
"""
EXCL = r"""
    excl | exclusive | excluding | exkl | exklusive | ekskl | eksklusive? | eks | exclusief | exclusif | ex | ohne |
    zzgl vor | hors | ht | h t | htva | sin | senza | esclusa | uden | without | before | fore | for | vor | utan |
    uten | zonder | excluido | escl | wo |
    veroton | ilman | bez | sem | s
"""
INCL = r"""
    incl | inc | including | inclusive | inkl | inklusive? | inclusief | mit | avec | ttc | t t c | con | med | with |
    compris | comprise | tvac | incluido | inclusa | compresa | ivato | inkludert | iberegnet | toutes taxes comprises |
    iva incluido | impuestos incluidos | ink | moms inkl |
    sis | sisaltaa | verollinen | z | com | c
"""
EXCLUDING = r"""
    EXCL(?: (?:of|de|la|le|the|any|af|av))* VAT | VAT EXCL | excl | ekskl | exkl | hors taxes? | ht | h t | htva |
    ex (?:vat|moms|btw|iva|tax) | before tax | pre tax |
    veroton | alv 0 | s iva
"""
INCLUDING = r"""
    INCL(?: (?:of|de|la|le|the|all|af|av))* VAT | VAT INCL | incl | inkl | ttc | t t c | tvac | toutes taxes comprises |
    with tax |
    verollinen | sis alv
"""
BASE = r"""
    taxable(?: amount| value| base)? | base imponible | momsgrundlag\w* | mva grunnlag | grunnlag | momsunderlag |
    beskattningsunderlag | underlag | grondslag | maatstaf | steuerbasis | bemessungsgrundlage | basisbetrag |
    momspligtig\w*(?: belob)? | momspliktig\w*(?: belopp)? | avgiftspliktig\w* | base ht | base de tva | imponibile |
    steuerpflichtig\w* | vat base | vatable(?: amount)? | mva pliktig\w* |
    veron peruste | peruste | podstawa(?: opodatkowania)? | base tributavel | incidencia | base de incidencia |
    valor incid | base imposable | base imp | assiette | avgiftsgrunnlag | momsgrundande belopp | grundlag | b
    imponible
"""
EXEMPT = r"""
    momsfri\w* | exempt | steuerfrei\w* | exonere | exento | esente | mva fri\w* | avgiftsfri\w* | vrijgesteld |
    non taxable | zero rated
"""
NET = r"""
    nett?o?(?!\w) | netto\w* | nettogesamt\w* | gesamtnetto | net amount | taxable(?: amount| value| base)? |
    imponibile | base imponible | momsgrundlag\w* | mva grunnlag | grunnlag | momsunderlag | beskattningsunderlag |
    underlag | grondslag | maatstaf | steuerbasis | bemessungsgrundlage | basisbetrag | momspligtigt belob |
    momspliktigt belopp | avgiftspliktig belop | neto | total base | base ht | totalnetto | momspligtig |
    imponibile totale | base de tva |
    netto ?wert | wartosc netto | kwota netto | razem netto | total liquido | valor liquido | liquido(?! a)
"""
GROSS = r"""
    brutto\w* | gross(?: total| amount)? | bruttogesamt\w* | gesamtbrutto | bruto | fakturabelob brutto | lordo | brut |
    wartosc brutto | kwota brutto | razem brutto
"""
SUBTOTAL = r"""
    sub ?total\w* | sub ?totaal | subtotale | sous total | delsumma | delsum | zwischensumme | positionssumme |
    summe der positionen | line total\w* | total amount of lines | warenwert | summe positionen | total lines |
    goods total | varer i alt | varebelob | items total | totale merce | total des lignes | total lignes |
    linjer i alt | sum of lines | substotal | suma | subtot | delbelob | mellomsum | mellansumma | tussentotaal |
    total marchandises | goederen\w* | summe artikel | linjesum | sum linjer | total produits |
    mellemsum | artikelsumme | goods value | valisumma | osasumma | (?:tuotteet|rivit|tavarat) yhteensa | yhteensa
    rivit | somma | tot merce | varesum | varebelop | som regels | razem (?:pozycje|towary) | wartosc towarow |
    podsuma | soma | soma linhas | mercadoria\w* | varusumma | varuvarde | radsumma
"""
TOTAL = r"""
    (?:grand|invoice|order|final|overall|credit|document) ?total | grandtotal | total\w* | totaal\w* | totale\w* |
    i ?alt | sum(?!\w) | summa | summe\w* | gesamt\w* | rechnungsbetrag | rechnungssumme | rechnungstotal | endbetrag |
    endsumme | fakturabelob | fakturatotal | fakturabelopp | fakturasum | slutsumma | slutsum | factuurbedrag |
    factuurtotaal | importe total | importo totale | montant total | total general | auszahlungsbetrag | belob i alt |
    belop | invoice amount | total amount | charges | amount | belob | belopp | bedrag | betrag | montant | importe |
    importo | samlet | krediteret belob | kreditbelob | gutschrifts?betrag | auftragssumme | bestellsumme |
    auftragswert | bestellwert | ordretotal | ordersumma | ordersum | orderbelopp | net total |
    yhteensa | (?:laskun )?loppusumma | kokonaissumma | kaikki yhteensa | razem | ogolem | lacznie | wartosc faktury
    | fakturabelop | fakturasumma | eindtotaal | soma total | valor total | insgesamt | sammanlagt | complessivo
"""
DUE = r"""
    (?:amount|balance|total|payment|sum) (?:now )?(?:due|payable|owing|outstanding) | balance | due | payable | to pay |
    at betale | til betaling | a betale | att betala | zahlbetrag | zu zahlen\w* | zahlbarer? \w+ | zahlungsbetrag |
    restbetrag | offener? (?:betrag|rechnungsbetrag|posten) | a payer | reste a payer | net a payer | solde | solde du |
    te betalen | te voldoen | openstaand\w* | restant | a pagar | total a pagar | a pagare | da pagare | totale dovuto |
    dovuto | netto a pagare | saldo | restbelob | skyldigt belob | utestaende | skyldig | resterende | betales |
    betala | amount owed | rest a payer | pendiente | til gode | forfalder til betaling | fallig\w* betrag |
    faelliger betrag | uberweisungsbetrag | indbetales | a devoir | importe pendiente | liquido a pagar | uberweisen |
    maksettava\w* | jaa maksettavaksi | avoin summa | udestaende | til udbetaling | please pay | liquido a
    (?:percibir|receber|pagar) | montant du | reste du | restbedrag | te ontvangen | (?:pozostalo |pozostaje |razem
    |kwota |suma )?do zaplaty | naleznosc\w* | valor em divida | por liquidar | betalas | restbelopp | outstanding
"""
PREPAID = r"""
    (?:amount |already |previously |less |total )?(?:pre ?paid|paid) | prepayments? | deposit | advance(?: payment)? |
    anzahlung\w* | vorauszahlung\w* | vorausbezahlt\w* | acomptes? | deja paye\w* | deja regle\w* | montant paye |
    forudbetal\w* | forudbetaling | betalt(?: belob)? | indbetalt | aconto\w* | a conto | forskudd\w* | forskott\w* |
    betald | forskottsbetal\w* | vooruitbetaal\w* | aanbetaling | reeds betaald | voldaan | betaald | anticipo |
    a cuenta | pagado | acconto | versato | gia pagato | bereits (?:gezahlt|bezahlt)\w* | erhaltene anzahlungen |
    gezahlt | geleistete zahlungen? | payments? received | amount paid | paiement recu | regle | innbetalt | inbetalt |
    tidligere faktureret | depositum | erhaltene zahlungen | less payments | ya abonado | pagos anticipados |
    maksettu(?: ennakkoon)? | ennakko\w* | aiemmin maksettu | suoritettu | suoritukset | avance versee | paye |
    pagato | acconti | caparra | forhandsbetalt | tidligere fakturert | voorschot | ontvangen | reeds gefactureerd |
    zaplacono\w* | zaliczka | wplacono | przedplata | juz zaplacono | wplata | adiantamentos? | ja pago | valor pago
    | valor adiantado
"""
DISCOUNT = r"""
    discounts? | rabatt?\w* | rabais | remise\w* | nachlass\w* | abschlag\w* | abschlage | abzug | korting\w* |
    descuentos? | dto | sconto | sconti | allowances? | skonto | less | reduction | ristourne | escompte |
    kontantrabat |
    \w+rabatt? | bonus | rebate | promotion | bonificacion | rappel | \w*alennus | abbuono | premio | avslag |
    \w+korting | upust\w* | opust | desconto\w* | suma rabatow
"""
CHARGE = r"""
    shipping(?: cost| charges?| fee)? | freight | delivery (?:charge|fee|cost) | handling | fragt | porto | frakt\w* |
    fraktkostnad | ekspeditionsgebyr | gebyr | faktureringsavgift | versand\w* | fracht\w* | zuschlag\w* | zuschlage |
    frais(?: de port)? | transport | verzendkosten | gastos(?: de envio)? | portes |
    spese(?: di spedizione| di trasporto)? | surcharge | extra charge | charges amount | miljoavgift |
    ekspeditionsavgift | fakturagebyr | administrationsgebyr | expeditionsavgift | postage | trasporto | toeslag |
    korsel | miljotillaeg | olietillaeg | opkraevningsgebyr | energitillaeg | lieferkosten | transportkosten |
    \w+zuschlag | bearbeitungsgebuhr | servicepauschale | maut | verpackung | carriage |
    (?:administration|environmental|invoice) fee | small order charge | service charge | flete | recargo\w* |
    manipulacion | rahti\w* | toimituskulut | postikulut | lahetyskulut | toimitusmaksu | laskutuslisa |
    kasittelykulut | \w+lisa | palvelumaksu | toimistokulut | port(?: et emballage)? | livraison | eco participation
    | eco contribution | spedizione | imballo | contributo ambientale | utkjoring | ekspedisjonsgebyr | miljogebyr |
    administrasjonsgebyr | drivstofftillegg | servicegebyr | vrachtkosten | bezorgkosten | vracht | verzending |
    administratiekosten | orderkosten | milieutoeslag | behandelingskosten | servicekosten | brandstoftoeslag |
    verwijderingsbijdrage | koszty? (?:dostawy|wysylki|transportu|obslugi) | przesylka | wysylka | oplata\w* |
    opakowanie | doplata | despesas\w* | taxa de servico | ecovalor | ecotaxa | taxa de gestao | encargos |
    leveranskostnad | utkorning | serviceavgift | drivmedelstillagg | faktureringsavg
"""
ROUNDING = r"""
    rounding | afrunding | oreafrunding | oresavrundning | avrunding | oresavrunding | rundung\w* | arrondi |
    afronding | redondeo | arrotondamento | avrundning | oreavrunding |
    oredifference | afrund | oprunding | oreudligning | afrundet | centausgleich | round off | rounded | redond\w* |
    ajuste(?: centimos)? | pyoristys\w* | sentin pyoristys | pyor | arrondis | arrotondam\w* | arrot | oreutjevning
    | oreavr | avrundet | oredifferanse | afrondingsverschil | afgerond | zaokragl\w* | zaokr | roznica zaokraglen |
    arredond\w* | acerto\w* | oresutjamning | oresavr | avrundn
"""
RATE = r"""
    (?:rate|sats|satz|taux|tarief|tipo|aliquota|skattesats|steuersatz|%)(?: VAT)? | VAT (?:rate|sats|satz|tarief|pct) |
    momssats | momssatsen | mwstsatz | steuersatz |
    stawka | taxa | verokanta
"""
TAX_TOTAL = r"""
    (?:total|sum|summe|totaal|totale|gesamt|heraf|herav|varav|dont|davon|waarvan) (?:de |di |der )?VAT |
    (?:plus|zzgl|zuzugl|zuzuglich|\+) (?:de |di |der )?VAT |
    VAT (?:amount|total|belob|belopp|belop|betrag|bedrag|summe|sum) |
    (?:montant|amount of|importe|importo|cuota) (?:de la |de |of )?VAT |
    (?:vero|alv) (?:yhteensa|yht) | kwota VAT | suma VAT | valor VAT | total VAT
"""
TAX_DUE = r"""
    (?:total )?VAT (?:due | payable | paid | owed | zu zahlen | a payer | a pagar | da pagare | te betalen |
    at betale | att betala | a betale)
"""
NOT_A_CAPTION = r"""
    VAT (?:id|nr|no|reg|ident)\w* | konto | account | iban | telefon | phone | tlf | page | side | seite | cvr |
    capital | limit | reg | kontonr | bankkonto | fra | kid | ocr | kredit limit | saldo frem | previous balance |
    ultimo | primo
"""
USUAL = """
    subtotal total amount balance discount payable prepaid rounding shipping netto nettobetrag brutto
    bruttosumme summe gesamt gesamtbetrag rechnungsbetrag zwischensumme umsatzsteuer mehrwertsteuer montant
    acompte remise delsumma summa moms momsbelob belob betale betala oresavrundning subtotaal totaal bedrag
    betalen imponibile imposta totale importe cuota base pagar
"""
