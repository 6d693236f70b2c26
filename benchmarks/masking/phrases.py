"""Sentences that tell who somebody is, and sentences that only look as if: {slots} are drawn, «kept» stays.

Written apart from the masker; what is between braces must go, everything else must stay.
"""

NAMED = """
mme {L} du 3e étage met la musique toute la nuit
Mme {L} est toujours aimable avec les enfants
M. {L} gare son camion sur le trottoir
mr {L} laisse son chien faire partout
Monsieur {L} du bailleur ne répond jamais
madame {L} ne rend pas les clés de la salle
la gardienne Mme {L} fait un travail formidable
la gardienne madame {L} n'est jamais là
le gardien, M. {L}, devrait habiter sur place
la famille {L} fait du bruit tous les soirs
les {L} du rez-de-chaussée jettent tout par la fenêtre
mon voisin {F} {L} répare des voitures sur le parking
ma voisine {F} a 82 ans et ne sort plus
Ma voisine {F} {L} est tombée dans l'escalier
mon fils {F} attend une place en crèche
ma fille {F} a peur de rentrer seule
{F} {L} deale en bas du bâtiment C
{F} le gardien est super
demandez à {F} qui s'occupe du jardin
C'est {F} {L} qui a cassé la porte du hall
c'est {F} qui met le feu aux poubelles
il faut remercier {F} {L} pour le jardin partagé
je m'appelle {F} {L} et j'habite ici depuis 20 ans
je m'appelle {F}
Moi c'est {F}, 17 ans, on veut un city
signé {F} {L}
Signé : {F} {L}, locataire
le fils {L} et sa bande squattent le hall
L'éducateur {F} nous a beaucoup aidés
l'éducatrice {F} {L} est partie et personne ne la remplace
le docteur {L} part à la retraite
Dr {L} ne prend plus de patients
mon mari {F} est handicapé et l'ascenseur est en panne
Il y a {F} et {F2} qui traînent devant l'école
{F} {L} et {F2} {L2} organisent la fête des voisins
le petit {F} s'est fait renverser devant le collège
Contactez {F} {L} au local associatif
selon {F} {L}, présidente de l'amicale, rien n'avance
J'ai parlé à {F} {L} du syndic
chez {F} il y a des cafards
le proprio {L} ne fait pas les travaux
notre médecin, le docteur {F} {L}, est débordé
Mlle {L} au guichet est désagréable
{F} a raison, il faut des bancs
merci à {F} et à toute l'équipe
on a écrit à Monsieur et Madame {L}
l'instituteur M. {L} est parti
mes voisins {F} et {F2} {L} sont charmants
{I}. {L} du 4e insulte tout le monde
La concierge, {F} {L}, connaît tout le monde
"""

KEPT = """
la place Jean Jaurès est sale
l'école Jules Ferry manque de profs
le square Marguerite Yourcenar ferme trop tôt
le collège Louise Michel a mauvaise réputation
rue Victor Hugo il n'y a pas de trottoir
la rue Pierre Sémard est dangereuse
le parc Simone Veil est agréable
l'avenue du Général de Gaulle est bruyante
le boulevard Gambetta est embouteillé
le gymnase Marcel Cerdan est vétuste
la salle Gérard Philipe est fermée
le stade Albert Domec est loin
la résidence Paul Éluard est mal chauffée
la tour Anatole France a un ascenseur en panne
le centre social Germaine Tillion nous aide
la médiathèque Aimé Césaire est super
le lycée Paul Sabatier est loin
la maternelle Rosa Parks est petite
l'hôpital Saint Jean ne reçoit plus
l'église Saint Martin est belle
la station Charles de Gaulle Étoile
l'arrêt Jean Moulin est dans le noir
le foyer Frédéric Mistral
la cité Salvador Allende a besoin d'arbres
l'immeuble Romain Rolland est insalubre
le bâtiment Berlioz est dégradé
les Restos du cœur sont débordés
le Secours populaire aide beaucoup
l'association Les Amis de Marie fait du bon travail
l'association Emmaüs
Sainte Marie est un quartier calme
le quartier Saint Jacques est oublié
monsieur le maire doit venir nous voir
Madame la maire ne vient jamais
Monsieur le Préfet ne répond pas
le maire et ses adjoints
madame la députée devrait nous entendre
le conseil citoyen n'est pas écouté
Messieurs les élus, écoutez nous
Bonjour Monsieur, il faut plus de bus
merci madame pour votre écoute
les roses du jardin partagé
un mur de pierre près du parking
une eau claire et un parc propre
la marguerite est fanée dans les bacs
à Noël le quartier est triste
en mai et en avril il y a trop de pollen
Carrefour et Lidl sont trop loin
on va à Carcassonne ou à Narbonne
la Poste et la Caf sont fermées
il n'y a plus de médecin à Grazailles
Macron ne fait rien pour les quartiers
M. Macron devrait venir vivre ici
comme disait Jacques Chirac
Sarkozy avait promis le karcher
depuis la loi Malraux on ne peut rien changer
le plan Borloo n'a rien changé
la loi Carrez
une famille nombreuse n'a pas de place
une famille modeste ne peut pas payer
mon fils aîné ne trouve pas de stage
ma fille adolescente a peur
mon voisin bruyant du dessus
les voisins bruyants et mal élevés
ma voisine âgée ne sort plus
le gardien absent tout l'été
la gardienne absente depuis mai
le directeur adjoint du collège
il faut un médecin généraliste
mon mari handicapé ne peut pas sortir
je me demande ce que fait la mairie
on me répond toujours non
cela me dépasse
ça me gêne beaucoup
le maître nageur de la piscine
Paris est loin. Les trains sont chers
Plus de travail en France. Il faut des usines
Trop de bruit. Martin-pêcheur disparu du lac
des jeux pour enfants, Marelles et toboggans
plus de Police Municipale et de Médiateurs
il manque un Distributeur et une Boulangerie
on veut un City Stade et un Skate Park
les Bords de l'Aude sont sales
Facebook et WhatsApp remplacent le journal du quartier
LE PARKING EST DANGEREUX ET LES LAMPADAIRES CASSES
RIEN POUR LES JEUNES DANS LE QUARTIER
la fête de la Saint Jean et le carnaval
le Ramadan et Pâques fêtés ensemble
ras le bol des scooters et des quads
le centre commercial Leclerc est trop loin
le magasin Marie Blachère a fermé
le bus 12 place Davilla passe toutes les 40 minutes
la ligne 4 rue de la gare
au 2e étage et au 3e c'est sale
il y a 12 places de parking pour 60 logements
la maison de retraite Les Oliviers
le pont vieux est magnifique
le marché du samedi place Carnot
Claire comme information, merci
Pierre angulaire du quartier : l'école
"""

FORMS = """
PHONE|appelez-moi au {phone} le soir
PHONE|mon numéro {phone}
PHONE|tel : {phone}
PHONE|{phone} pour me joindre
PHONE|Rappelez-moi svp, {phone}, après 18h
EMAIL|écrivez-moi à {email}
EMAIL|mon mail c'est {email} merci
EMAIL|{email}
PLATE|une voiture immatriculée {plate} est ventouse
PLATE|le scooter {plate} roule sur le trottoir
PLATE|plaque {plate}
NIR|mon numéro de sécu est le {nir}
NIR|{nir} c'est mon n° de sécurité sociale
IBAN|voici mon rib {iban} pour le remboursement
IBAN|IBAN : {iban}
ADDRESS|j'habite {address} et c'est bruyant
ADDRESS|au {address} il y a des rats
ADDRESS|je vis {address}
ACCOUNT|contactez-moi sur {account}
ACCOUNT|mon {account} si besoin
"""

KEPT_FORMS = """
il faut 30 000 000 euros pour 1500 personnes
le 18 ou le 112 ne viennent pas
le 3949 ne répond pas
appeler le 3919 en cas de violence
de 8 h 30 à 18 h 30 du lundi au vendredi
entre 2015 et 2023 rien n'a changé
un loyer de 1 250,50 euros
le budget de 12 500 000 €
moins de 100 km de bus
à plus de 200 km d'ici
la loi 2014-173 du 21 février 2014
code postal 11000 Carcassonne
bâtiment A2 et B3
le bus 45 et la ligne 612
la D 118 et la RN 113
le T2 et le T3 sont trop chers
70 à 80 % des gens
20 personnes de 16 à 25 ans
le 01/09/2023 tout a fermé
norme ISO 9001 et RE 2020
les rues du centre sont sales
10 rues sans éclairage
30 places de crèche
deux avenues très bruyantes
le numéro vert 0 800 000 000
1 chemin piéton entre les immeubles
3 rue piétonnes en plus
100 logements sociaux cité Fleming
"""
