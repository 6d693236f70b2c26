"""First names met in French neighbourhoods, folded; those that are also words or places are ambiguous."""

from analysis.text.normalise import listed

#: Also a word, a place, a month or a plant: a name only when something else says so.
AMBIGUOUS = listed(
    """
    aime ange anis aurore avril blanche camille capucine cerise charlotte claire clement colombe constance desire
    dominique espoir eve fleur florence france gracieuse grace harmonie iris jade jasmine jordan juste laure laurier
    lourdes luc lucide marguerite marin marine martin merci mercedes modeste narcisse nice noel olive ombre orlane
    pascal paris paul pierre prudence parfait rene rose salem saturnin severe victoire violette vivienne melodie
    prune roman romane soleil tulipe victor angel angelique celeste clementine gilles hilaire lambert maximum mai
    mars normand pacifique sasha ugo zoe islam chance sultan amour aim eden emir malo may nour abel jo al amal"""
)

#: Towns, countries and months: never a name on their own.
LANDS = listed("france paris lourdes nice nancy avril mars noel islam salem florence jordan colombe amour espoir merci")

FIRST_NAMES = AMBIGUOUS | listed(
    """lea lina lise maya nina sara sofia adam ines elsa nora barbara bruno carmen sandy salim sacha ruby yasmine
    nathan therese serge guy renaud regis germain lucie laurent vincent valentin maxime tom stella melanie ali rayan
    amine said jean aya
    aaron abdallah abdel abdelaziz abdelhak abdelkader abdelkarim abdellah abderrahmane abdoul abdoulaye abdullah
    abigail achille achraf adama adele adelaide adeline adem adil adnan adrian adrien adrienne afonso agathe agnes ahmad
    ahmed ahmet aicha aida aime aimee aissa aissata aissatou akim alain alan alba alban albane albert alberte alberto
    aleksandar alessandro alex alexander alexandra alexandre alexandrine alexia alexis alfred alice alicia alina aline
    alioune alisson alix alizee aliya allan alma alphonse alyssa amadou amanda amandine amani amar ambre ambroise amel
    amelia amelie amin amina aminata amir amira amjad ana anais anastasia anatole andre andrea andreas andree andreia
    anette anfal angela angelina angelo anicet anissa anita anna annabelle anne annette annick annie anouk anselme
    anthony antoine antoinette antonia antonin antonio antony apolline arabella archibald ariane arianne aristide
    arlette armand armande armelle arnaud arsene arthur arthus asia asma assa assia assiatou astrid aubin aude audrey
    auguste augustin aurelia aurelie aurelien ava awa axel axelle ayman aymen aymeric ayoub aziz aziza azzedine babacar
    badis bakary baptiste baptistine bastien bastienne beatrice bechir benedicte benjamin benoit benoite berenice
    bernadette bernard bernardo bertrand betty bilal bilel binta blaise blandine boris boubacar boubakar bouchra brahim
    brandon brayan brenda brice brigitte bryan burak cagatay calixte calvin cameron candice capucin carine carla carlos
    carole carolina caroline caroll cassandra cassandre catherine cathy cecile cecilia cedric celestin celestine celia
    celine cem cemal chadi chahinez chaima chantal charlene charles charlie charline charly cheick cheikh cherif
    cheyenne chloe chris christel christelle christian christiane christianne christine christophe ciara cihan cindy
    claude claudette claudia claudie claudine claudio clea clelia clemence clothilde clotilde clovis colette coline
    colin come constant constantin coralie coraline corentin corentine corinne cosette coumba cyprien cyriaque cyril
    cyrille cyrine dado daniel daniela daniele danielle danny daouda daphne david deborah delphine demba denis denise
    deniz diana diane diarra didier diego dieudonne dimitri dina dino djamel djamila djibril dogan dolores donatien
    donovan dorian dorine doris dorothee dounia driss dylan edith edmond edmonde edmee edouard eduardo edwige edwin
    efe eglantine elea eleonore elena eliane elias elie eliette elif elina eline elio eliott elisa elisabeth elise
    ella ellen eloane elodie eloi eloise elouan elvira elvis elyes emeline emeric emerick emile emilie emilien emilienne
    emilio emine emma emmanuel emmanuelle emre enora enzo eric erica erick erika ernest ernestine erwan erwann esma
    esra estebane esteban estelle esteve esther etienne eugene eugenie eva evan evelyne evrard ewen fabian fabien
    fabienne fabio fabiola fabrice fadi fadila fadoua fahima faiza fallou fanny fanta farah fares farid farida fatiha
    fatih fatima fatimata fatma fatou fatoumata faustine faycal felicie felicien felicite felix ferdinand
    fernand fernande fernando ferhat fethi fidele filipe fiona firmin flavie flavien flora florane floriane florian
    florent florentin florette florine fode fouad fouzia francesca francesco franciane francine francis francisca
    francisco franck francois francoise francky frank freddy frederic frederick frederique furkan gabin gabriel
    gabriele gabriella gabrielle gael gaelle gaetan gaetane gaspard gaston gauthier gautier genevieve geoffrey
    geoffroy george georges georgette georgia gerald geraldine gerard germaine ghislain ghislaine ghyslaine gilbert
    gilberte gildas gina ginette giovanni gisele gislaine giulia gloria gokhan goncalo gonzague graziella gregoire
    gregory guillaume guillemette gulsen gustave gwenael gwenaelle gwendal gwendoline habib habiba hacene hachim hadja
    hadrien hafid hafida hafsa hakan hakim hakima hala halim halima halil hamed hamid hamida hamidou hamza hana hanae
    hanane hanna hannah harouna harold harry hasan hasna hassan hassane hassen hatice hawa haydar hector hedi heidi
    helena helene heloise henri henrik henriette herbert hermance herve hicham hichem hiba hind honore honorine horace
    hortense houari houcine houda houria houssam hubert hugo hugues huguette huseyin hussein ibrahim ibrahima ibtissem
    idriss idrissa ignace igor ihsan ikram ilan ilhan ilhem ilias iliana ilies ilona ilyas ilyes iman imane imene imran
    inaya ingrid irene irina irma isaac isabel isabella isabelle isaline ismael ismail ismaila issa issam ivan ivana
    jacinthe jack jackie jacky jacob jacqueline jacques jalil jamal james jamel jamila jana jane janine jasmin jason
    javier jawad jeanne jeannette jeannine jeannot jennifer jeremie jeremy jerome jessica jessy jessie jihane jihad
    joachim joana joanna joao joaquim jocelyn jocelyne joel joelle joevin joey johan johann johanna john johnny jonas
    jonathan jorge jose josee joseph josephine josette josiane josselin josue joy joyce juan judicael judith jules
    julia julian juliana julie julien julienne juliette julio junior justin justine kader kadiatou kadidia kadija
    kadir kais kamal kamel kamelia kamil karamoko karen karim karima karin karine karl katarina kate katia kawtar
    kelly kelyan kemal kenan kenny kenza kenzo kevin khadidja khadija khadijah khady khaled khalid khalil kheira kilian
    killian kim kimberley kyllian laetitia lahcen laila lamia lamine lana landry lara larbi larissa latifa laura
    laureline laurence laurene laurette laurie laurine layla leandre leandro leane leila lena leo leon leonard leonardo
    leonce leone leonie leonor leopold leslie leticia levent leyla lian liana liliane lilian lilly lilou lily linda
    linda line lionel lisa lisandro lisette livia loan loane loic lola lolita lorena lorenzo lorette loriane lorraine
    lotfi lou louane louanne louay loubna louis louisa louise louison louka loukas louna lounes luca lucas lucette
    luciano lucien lucienne lucile lucille lucy ludivine ludovic luis luisa lukas luna lydia lydie lyes lyna lynda
    madalena maddy madeleine madison mado mae mael maelle maelys maeva magali magalie maghnia mahamadou mahdi mahmoud
    mahmut maimouna maissa majda majid malak malek malia malick malik malika malo malory malvina mama mamadou mame
    mandy manel manoel manon manuel manuela mara marc marceau marcel marcelin marceline marcelle marcellin marco marcos
    margarida margaux margot maria mariam mariama marianne marie mariem mariette marilou marilyn marilyne marina mario
    marion marius marjolaine marjorie marlene marouane marta marthe martial martina martine marvin marwa marwan mary
    maryam maryline maryse maryvonne massinissa mateo mateus matheo mathias mathieu mathilda mathilde mathis mathys
    matias matteo matthias matthieu maud maude maureen maurice mauricette mauro max maxence maximilien mayeul mayline
    mayssa medhi mehdi mehmet melek melia melina meline melinda melissa melody melvin melvyn meriem merve meryem
    meryl messaoud messaouda michael michel michele micheline michelle mickael miguel mikael mila milan milena milo
    mina mireille miriam moctar modibo mohamed mohammad mohammed moise moktar momo mona monia monica monique mori
    morgan morgane morgiane mostafa mouhamed mouloud moumouni mounia mounir mourad moussa moustapha muhammad muhammet
    mounira murat murielle muriel murat mustafa mustapha mylene myriam myrtille nabil nabila nacer nacera nacim nada
    nadege nadejda nadia nadine nadir nael naelle naim naila naim naima najat najet najib najoua naoual naomi napoleon
    nassera nassim nassima nasser natacha natalia natan natasha nathalie nathanael nawal nawel neila nelly nelson
    nesrine nezha nicolas nicole nicolo nicolette nils ninon noa noah noam noami noe noelie noeline noella noelle noemie
    nolan nolwenn norah norbert nordine nouria nourdine noureddine nouhaila oceane octave octavie odette odile odilon
    odin okan oliver olivia olivier olga olympe omar omer omayra ombeline onur ophelie oriane orhan oscar osman otmane
    ouarda ouassila oumar oumou oumaima ousmane owen pablo paola paolo papa pape parfaite patrice patricia patricio
    patrick paula paule paulette pauline paulo pedro peggy perrine petra philibert philippe philippine philomene
    pierrette pierrick placide priscilla priscille quentin rabah rabia rachel rachelle rachid rachida radia radouane
    rafael rafik rahma raimond raissa raja ralph ramata ramazan ramdane rami ramzi rania raoul raphael raphaelle
    rayane raymond raymonde reda redouane regine reine remi remy renata renaude renee reynald rhita riad ricardo
    richard rita riyad robert roberta roberto robin rodolphe rodrigo rodrigue roger rokia rokhaya roland rolande romain
    romaric romeo romuald romy ronald ronan ronny rosa rosalie rosaline rosario rose-marie roseline roselyne rosie
    roxane roxanne ruben rudy ryad ryan saad sabah sabine sabri sabrina sadia sadio safa safia safiya sahra saida
    salah saliha salima salimata saliou sally salma salome salvatore sam samantha samba sami samia samir samira samy
    samuel sandra sandrine sandro sana sanaa santiago saphia sarah sarra saskia satou sebastien sekou selena selim
    selima selin selma selman seloua semih sephora seraphin seraphine serap serena serge-henri serigne servane
    severin severine seydou seynabou shaima shana shanna sharon sheila shirley siaka sibylle sidi sidonie sihem silvia
    simao simeon simon simona simone simonne sinan sirine slimane soan sofian sofiane sohan soizic solal solange
    solene solenn solenne soline sonia sonya sophia sophian sophie soraya souad soufiane souhaila souleymane soumaya
    soumia stan stanislas stephan stephane stephanie steve steven suleyman sullivan sunny suzanne suzette suzie sven
    svetlana swann sylvain sylvaine sylvestre sylvette sylvia sylviane sylvie tahar taha tania tanguy tarek tarik
    tatiana tayeb teddy telma teo teresa terence tess tessa thais theo theodora theodore theophile thiago thibaud
    thibault thibaut thiebaud thierry thierno thomas tiago tiana tidiane tifany tiffany tiffaine timeo timothe timothee
    titouan titou tobias tony toufik tracy tristan tugba tyler tyron ugur ulrich ulysse umit urbain ursula valentina
    valentine valere valeria valerie valery vanessa vassili vera vero veronica veronique veysel vicky victoria victorien
    victorine viktor vincente vinciane violaine virgil virgile virginie vitor vivian viviane vladimir volkan wafa
    wahib wahiba waleed walid walter wanda warda wassila wassim wendy widad wiktor wilfried willem william willy
    wilson xavier xenia yacine yahya yamina yann yanis yanisse yannick yannis yasemin yasin yasmina yassin yassine
    yasser yassir yaya yazid ylan yoan yoann yoanna yohan yohann yolande yolanda younes youness youri yousra youssef
    youssouf yun yusuf yunus yves yvan yvette yvon yvonne zacharie zachary zahia zahra zaid zaina zainab zakaria
    zakari zaki zeinab zelie zeynep zineb ziad zied zineddine zinedine zohra zora zoubida zoubir zouhair zoulikha"""
)
