"""How French business papers word their labels."""

from pipeline.extract.rules.labels.roles import Role

WORDINGS: dict[Role, str] = {
    Role.INVOICE_NUMBER: """
        facture nr | nr facture | nr de facture | nr de la facture | nr d avoir | avoir nr | nr avoir |
        nr de l avoir | reference facture | ref facture | facture ref | nr de document | nr document |
        document nr | nr de piece | facture d acompte nr | nr recu | reference de la facture | n fact |
        notre facture | piece nr | note de credit nr | n piece | recu nr | n de recu | n operation
    """,
    Role.TITLE_NUMBER: """
        facture | avoir | facture d avoir | facture d acompte | note de credit | recu
    """,
    Role.PURCHASE_ORDER_REFERENCE: """
        bon de commande | nr de commande | nr commande | commande nr | votre commande | votre commande nr |
        commande | reference commande | ref commande | nr bon de commande | bon de commande nr | bc nr |
        votre bon de commande | commande client | nr de commande client | votre nr de commande |
        reference de commande | votre nr commande | nr de bon de commande | commande d achat | ref de commande |
        reference de la commande | n bc | n commande client | v commande
    """,
    Role.ORDER: """
        nr d ordre
    """,
    Role.SELLER_ORDER: """
        notre commande | notre nr de commande | commande fournisseur | accuse de commande | n arc |
        notre commande nr | n confirmation | ar nr | commande interne | bon de travail
    """,
    Role.BUYER_REFERENCE: """
        votre reference | votre ref | reference client | ref client | reference acheteur | v ref |
        vos references | vos ref | reference de l acheteur | code service | commande par | demandeur
    """,
    Role.REFERENCE: """
        reference | ref
    """,
    Role.PRECEDING_INVOICE_REFERENCE: """
        facture d origine | facture origine | sur facture | concernant la facture | avoir sur facture |
        facture initiale | annule la facture | relatif a la facture | facture rectifiee | ref facture d origine
        | nr facture d origine | facture concernee | facture anterieure | nr facture anterieure | facture liee |
        facture referencee | sur facture nr | sur la facture | facture d origine nr | relatif a la facture nr |
        facture precedente | avoir sur facture nr
    """,
    Role.ISSUE_DATE: """
        date de facture | date facture | date de la facture | date de facturation | date d emission | emise le |
        emis le | en date du | date du document | date de l avoir | date avoir | facture du | date emission |
        facturee le | date d avoir | date d edition | etabli le | date fact | facture le | avoir du | date piece |
        emis | emise
    """,
    Role.DATE: """
        date | le | du
    """,
    Role.DUE_DATE: """
        date d echeance | echeance | date echeance | a payer avant le | date limite de paiement |
        payable avant le | a payer le | a regler avant le | date limite | date de reglement | echeance le |
        a regler le | date de paiement | payable le | echeance de paiement | a payer au plus tard le |
        date d exigibilite | reglement le | paiement avant le | payable au | a regler au plus tard le |
        date d echeance de paiement | reglement avant le | echeance au | a payer avant |
        a regler avant | payable avant
    """,
    Role.DELIVERY_DATE: """
        date de livraison | date livraison | livre le | date de prestation | livraison le |
        date de la prestation | date d expedition | livraison souhaitee | date de livraison souhaitee |
        date d execution | date de la livraison | delai de livraison | livraison prevue
        | requis pour | requis pour le | requis le | a livrer le | a livrer avant le | livraison requise le |
        livraison souhaitee le | livraison au plus tard le
    """,
    Role.ORDER_DATE: """
        date de commande | date commande | commande du | date de la commande | commande le | date cde
    """,
    Role.VAT_ID: """
        tva | nr tva | tva intra | tva intracommunautaire | nr de tva | nr tva intracommunautaire |
        nr tva intracom | id tva | nr tva intra | nr de tva intracommunautaire | identifiant tva | tva intracom
        | tva nr | nr id tva | code tva | num tva | nr d identification tva | nr tva intracomm |
        nr ident intracomm | ident tva | n tva intracom | n identification tva
    """,
    Role.SELLER_VAT_ID: """
        notre nr tva | tva vendeur | nr tva vendeur | tva fournisseur | notre nr de tva | nr tva fournisseur
    """,
    Role.BUYER_VAT_ID: """
        votre nr tva | tva client | nr tva client | tva acheteur | nr de tva client | votre tva |
        nr tva acheteur | tva intra client | tva intracommunautaire client | votre nr de tva |
        nr tva intracom client | nr tva du client | n tva client | tva du client
    """,
    Role.REGISTRATION_ID: """
        siret | siren | rcs | nr siret | nr siren | nr rcs | r c s | siren siret | siret nr
    """,
    Role.BUYER_REGISTRATION_ID: """
        siret client | votre siret | siren client
    """,
    Role.IBAN: """
        code iban
    """,
    Role.BIC: """
        code bic | code swift
    """,
    Role.ACCOUNT_NUMBER: """
        nr de compte | compte | nr compte | compte bancaire
    """,
    Role.PAYMENT_REFERENCE: """
        reference de paiement | reference paiement | reference a rappeler | communication structuree |
        ref paiement | reference du paiement | communication | ref a rappeler |
        libelle | libelle du virement | motif du virement
    """,
    Role.PAYMENT_TERMS: """
        conditions de paiement | conditions de reglement | modalites de paiement | condition de reglement |
        delai de paiement | conditions reglement | termes de paiement | condition de paiement |
        modalites de reglement | cond de paiement | cond reglement
    """,
    Role.SELLER: """
        societe | vendeur | fournisseur | emetteur | de | expediteur | prestataire | emis par | facture par |
        emetteur de la facture | vendu par | adresse fournisseur | commande a | coordonnees fournisseur
        | tout paiement au nom de | paiement au nom de | cheque a l ordre de | reglement a l ordre de |
        paiement a l ordre de | commander a | commande passee a
    """,
    Role.BUYER: """
        client | facture a | facturer a | acheteur | adresse de facturation | destinataire | facturation |
        a l attention de | adresse facturation | facturee a | adressee a | adresse a | nom du client |
        adresse client | adresse du client | vendu a | pour | doit | livre et facture a | factures a |
        votre adresse de facturation
        | facture emise a | facture etablie pour
        | recu de
    """,
    Role.SHIP_TO: """
        adresse de livraison | livrer a | livre a | livraison | adresse livraison | lieu de livraison |
        expedie a | livraison a | adresse du chantier | lieu d intervention
    """,
    Role.NAME: """
        nom | raison sociale | denomination
    """,
    Role.ADDRESS: """
        adresse | siege social | code postal | ville | pays
    """,
    Role.OTHER_PARTY: """
        banque | titulaire | contact | interlocuteur | notre reference | transporteur | domiciliation |
        titulaire du compte | notre ref | nom de la banque | coordonnees bancaires | affaire suivie par |
        commercial | representant | representant fiscal | payeur | beneficiaire | facturant | agent |
        tiers payeur | agent du vendeur | agent de l acheteur | agent acheteur | agent vendeur |
        utilisateur final | mandataire | expedie depuis | beneficiaire du paiement | mode de reglement |
        remarques | objet | chantier | nos references | vos identifiants | nos identifiants |
        references sur la facture | n chantier | ref projet | suivi par | votre contact |
        conditions de livraison | mode de livraison | cond de livraison | mode d expedition | mode de transport
        | expedie par | livre par | mode de paiement | moyen de paiement | regle par | reglement par | paye par
        | type de reglement | paiement par | notre banque | etablissement | a l ordre de | au nom de | compte de
        | reglement par virement | informations de paiement | paiement a | domiciliation bancaire | virement a |
        nos coordonnees bancaires |
        payable par
    """,
    Role.OTHER_NUMBER: """
        nr client | code client | bon de livraison | nr bl | nr de client | contrat | nr de contrat | page |
        nr de bon de livraison | devis | nr devis | nr de devis | compte client | code ape | ape | naf |
        nr contrat | code naf | capital | bl nr | code article | client nr | ref article | capital social |
        bon de livraison nr | code postal | nr de suivi | compte client nr | taux tva | affaire nr | nr dossier
        | dossier | devis nr | offre nr | proposition nr | n de livraison | livraison nr | expedition nr |
        ref client n | identifiant client | contrat nr | abonnement nr | marche nr | convention nr | code devise
        | devise de facturation | montants en | montants exprimes en | tous les montants en | poids brut |
        poids net | poids total | poids kg
    """,
    Role.OTHER_DATE: """
        periode | periode de facturation | imprime le | valable jusqu au | date d impression | periode du |
        date de debut | date de fin | date bl | bon de livraison du | edite le | pour la periode |
        periode facturee | periode concernee | prestation du | periode d abonnement
    """,
    Role.CONTACT: """
        telephone | courriel | portable | mel | site web | adresse e mail | site internet | a l att de
    """,
    Role.COLUMN: """
        designation | quantite | qte | prix unitaire | pu ht | description | montant | prix
    """,
}
