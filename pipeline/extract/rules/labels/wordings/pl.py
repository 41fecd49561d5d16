"""How Polish business papers word their labels."""

from pipeline.extract.rules.labels.roles import Role

WORDINGS: dict[Role, str] = {
    Role.INVOICE_NUMBER: """
        numer faktury | nr faktury | faktura vat nr | nr dokumentu | numer dokumentu | nr fakt | fv nr |
        faktura korygujaca nr | korekta nr | nr korekty | numer korekty | paragon nr | nr paragonu | nr wydruku
        | transakcja nr | nr transakcji | rachunek nr
    """,
    Role.TITLE_NUMBER: """
        faktura vat | faktura korygujaca | paragon | faktura | rachunek
    """,
    Role.PURCHASE_ORDER_REFERENCE: """
        zamowienie nr | numer zamowienia | nr zamowienia | zamowienie | nasze zamowienie | nr zam | zlecenie nr
        | zam nr | nr zamowienia klienta | panstwa zamowienie nr | zamowienie klienta | wasze zamowienie |
        do zamowienia | zam klienta nr | nr zam nabywcy
    """,
    Role.SELLER_ORDER: """
        potwierdzenie nr | nr potwierdzenia | nasz numer | potw nr | nr zlecenia | nr zamowienia wewn | zo nr |
        zam wewn
    """,
    Role.BUYER_REFERENCE: """
        panstwa znak | referencja klienta | wasz znak | zamawiajacy | osoba zamawiajaca | referencja nabywcy |
        zamowil | nr referencyjny klienta
    """,
    Role.PRECEDING_INVOICE_REFERENCE: """
        do faktury | dotyczy faktury | korygowana faktura | faktura korygowana | do faktury nr |
        nr faktury korygowanej | dot faktury nr | do dokumentu
    """,
    Role.ISSUE_DATE: """
        data wystawienia | wystawiono dnia | data dokumentu | wystawiono | z dnia | data wyst |
        data sporzadzenia | data faktury | data wystawienia faktury | wystawiona dnia | faktura z dnia |
        data korekty | data wystawienia korekty
    """,
    Role.DATE: """
        data | z dnia | dnia
    """,
    Role.DUE_DATE: """
        termin platnosci | termin zaplaty | platne do | platnosc do | do zaplaty do dnia | data platnosci |
        termin plat | zaplata do dnia | zaplacic do
    """,
    Role.DELIVERY_DATE: """
        data dostawy | data sprzedazy | termin dostawy | data wykonania uslugi | data dokonania dostawy |
        dostawa | data wydania | termin realizacji | data wysylki
    """,
    Role.ORDER_DATE: """
        data zamowienia | zamowiono | data zlozenia | data zam | zamowienie z dnia
    """,
    Role.VAT_ID: """
        nip | nr nip | nip nabywcy | nip ue | vat ue | nip klienta | n i p
    """,
    Role.SELLER_VAT_ID: """
        nip sprzedawcy
    """,
    Role.BUYER_VAT_ID: """
        nip nabywcy | nip klienta | nip kupujacego
    """,
    Role.REGISTRATION_ID: """
        regon | krs | nr krs | nr regon
    """,
    Role.ACCOUNT_NUMBER: """
        nr konta | numer konta | nr rachunku | konto | rachunek bankowy
    """,
    Role.PAYMENT_REFERENCE: """
        tytul przelewu | tytul platnosci | w tytule podac | nr referencyjny | opis przelewu
    """,
    Role.PAYMENT_TERMS: """
        warunki platnosci | sposob i termin platnosci | warunki zaplaty | war platnosci | forma platnosci |
        zasady platnosci | termin i forma zaplaty
    """,
    Role.SELLER: """
        sprzedawca | dostawca | wystawca | wykonawca | nadawca | sprzedajacy | adres dostawcy | zamowienie do
    """,
    Role.BUYER: """
        nabywca | kupujacy | klient | odbiorca | platnik | zleceniodawca | adres do faktury | nabywca platnik
    """,
    Role.SHIP_TO: """
        adres dostawy | miejsce dostawy | dostawa do | adres wysylki | dostarczyc do | miejsce odbioru |
        odbiorca towaru
    """,
    Role.NAME: """
        nazwa firmy | firma
    """,
    Role.ADDRESS: """
        adres | ulica | kod pocztowy | miejscowosc | miasto
    """,
    Role.OTHER_PARTY: """
        nr projektu | umowa zadanie | sprzedawca osoba | wystawil | przedstawiciel | warunki dostawy |
        war dostawy | sposob dostawy | baza dostawy | sposob wysylki | przewoznik | spedytor | srodek transportu
        | dostawa przez | sposob platnosci | metoda platnosci | sposob zaplaty | zaplacono | forma zaplaty |
        rodzaj platnosci | platnosc przez | nazwa banku | nasz bank | w banku | dane bankowe | rachunek w |
        wlasciciel rachunku | nazwa odbiorcy | beneficjent | na rzecz | posiadacz rachunku | na konto |
        dane do przelewu | rachunek bankowy | platnosc na konto | przelew na rachunek | numer rachunku |
        prosimy o wplate na konto | konto bankowe
    """,
    Role.OTHER_NUMBER: """
        nr oferty | numer oferty | wycena nr | nasz znak | kosztorys nr | wz nr | nr wz | dostawa nr |
        nr dostawy | dokument wz nr | przesylka nr | list przewozowy nr | nr klienta | klient nr | kod klienta |
        numer klienta | kontrahent nr | nr kontrahenta | id klienta | symbol klienta | umowa nr | nr umowy |
        numer umowy | abonament nr | polisa nr | waluta | kod waluty | waluta faktury | kwoty w |
        wszystkie kwoty w | waluta dokumentu | waga brutto | waga netto | waga razem | waga kg | ciezar
    """,
    Role.OTHER_DATE: """
        okres rozliczeniowy | za okres | okres swiadczenia | okres abonamentowy | okres rozl | okres zuzycia
    """,
    Role.CONTACT: """
        osoba kontaktowa | adres e mail | strona www | witryna | do rak | os kontaktowa
    """,
    Role.COLUMN: """
        opis | ilosc | jednostka | cena | cena jednostkowa | wartosc | kwota | nazwa towaru | lp | stawka vat
    """,
}
