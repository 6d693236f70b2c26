"""The words that come before a name and say what it is the name of: a person, a place, an office."""

from analysis.text.normalise import listed

#: After one of these comes a surname, whatever its letters.
TITLES = listed(
    "m mr mrs monsieur mme mde madame mlle mademoiselle dr docteur docteure me maitre professeur pr sieur veuve"
)
#: These are also words of the language: what follows must be written as a name.
GUARDED_TITLES = listed("me maitre professeur pr docteur docteure sieur mde veuve")
#: Before a name, these make the name of a place too: "rue du docteur Lefèvre".
RANKS = listed(
    "general marechal docteur dr professeur president colonel commandant capitaine lieutenant abbe cardinal roi"
)
RELATIONS = listed(
    """
    voisin voisine voisins gardien gardienne concierge medecin copain copine ami amie cousin cousine frere soeur
    fils fille mari femme instit institutrice instituteur directeur directrice educateur educatrice proprietaire
    proprio maitresse coach entraineur imam conjoint conjointe compagnon compagne dealer dealeur adjoint adjointe
    conseiller conseillere animateur animatrice mediateur mediatrice infirmier infirmiere assistante nounou
    syndic locataire neveu niece oncle tante pere mere beau-frere facteur epicier boulanger coiffeur prof
    maire elu elue president presidente responsable tonton tata papi mamie papy mamy signe signee
    """
)
#: After one of these comes a name, even in small letters.
CALLING = listed("famille nomme nommee nommes appelle appelles prenomme prenommee surnomme surnommee")
#: People near enough to be called by their name: after one of these, a word no one knows is likely one.
KIN = listed(
    """
    voisin voisine gardien gardienne concierge copain copine ami amie cousin cousine frere soeur fils fille mari femme
    conjoint conjointe compagnon compagne dealer neveu niece oncle tante tonton tata beau-frere
    """
)
#: A first name or surname after one of these is the name of a place or of a body.
PLACES = listed(
    """
    rue avenue av boulevard bd place square allee allees chemin impasse cours route quai pont passage villa parc
    jardin ecole ecoles college lycee creche maternelle primaire groupe universite campus faculte institut gymnase
    stade piscine salle espace centre maison mjc mediathecque mediatheque ludotheque bibliotheque theatre cinema musee
    conservatoire hopital clinique ehpad residence foyer cite citee tour tours batiment bat immeuble quartier zac
    zup zone hameau lotissement secteur eglise mosquee temple synagogue chapelle cathedrale association asso club
    fondation metro station gare arret tram tramway ligne rer aeroport saint sainte st ste mont fort porte plaine
    hotel mairie marche galerie auditorium resto restaurant cafe bar magasin boulangerie pharmacie loi prix
    plan rocade esplanade promenade monument statue halle lac etang bois plage port complexe terrain pole ilot barre
    ville commune amendement reforme circulaire accord accords rapport decret affaire code service mutuelle dispositif
    residences rues avenues boulevards places ecoles colleges lycees supermarche hypermarche enseigne marque talon
    etoile croix abattement abattements calcul gouvernement ministere cabinet
    loisirs crous caf ccas comite comites dom systeme
    """
)
QUALIFIERS = listed(
    """
    social sociale sociaux culturel culturelle municipal municipale public publique sportif amis parents enfants
    copains commercial commerciale scolaire medical medicale sante jeunesse retraite elementaire petit petite grand
    grande nouveau nouvelle vieux vieille polyvalente multimedia omnisports
    """
)
LINKS = listed("de du des la le les l d sur sous en et y a au aux")
PARTICLES = listed("de du d la le ben el al van von da dos bel ait der ould n o mc mac st")
OFFICES = listed(
    """
    maire prefet prefete president presidente ministre depute deputee senateur senatrice adjoint adjointe directeur
    directrice elu elue elus conseiller conseillere gardien gardienne responsable procureur commissaire juge recteur
    tout monde toutlemonde nageur traitant
    """
)
#: What comes before the name of a place, of a shop or of a work rather than of a person.
BEFORE_PLACES = listed("a au aux de du des d en vers la le l sur dans un une ce cette st saint sainte sans par via")
#: What comes before people, when nothing else announces them.
BEFORE_PEOPLE = listed("les chez selon avec que est contre")
#: Shops and services that people are "chez": no one.
SHOPS = listed(
    """
    lidl aldi auchan carrefour leclerc ikea darty action intermarche casino monoprix franprix netto picard mcdo kfc
    quick macdo mcdonalds decathlon leader primark conforama but grandfrais biocoop engie edf orange free sfr sncf
    ratp caf
    """
)
#: Nobody is counted by their first name.
COUNTING = listed("un une des les aucun aucune plusieurs deux trois quelques")
