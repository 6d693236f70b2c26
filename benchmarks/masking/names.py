"""First names and surnames of the generated texts; those the product lists and those it does not alike."""

_FIRST = """
Thibaut Solène Maëlle Gwendal Loïc Ghislaine Huguette Marcel Yvonne Bérangère Firmin Josselin Anne-Laure Jean-Baptiste
Marie-Thérèse Rachid Fatiha Abdelmalek Nassira Boualem Hocine Zoulikha Lakhdar Houria Sidi-Mohamed Messaoud Malika
Yassine Wissem Anouar Khadidja Mamadou Aïssatou Ousmane Fanta Kadiatou Seydou Modibo Ramatoulaye Djénéba Bakary
Souleymane N'Deye Adjoua Kouassi Mehmet Ayşe Fatma Hüseyin Emine Yılmaz Serkan Gülsüm João Manuela Fátima Deolinda
Vítor Conceição Agostinho Thi Minh Xuan Linh Sokha Chanthy Bopha Wei Mei Anh Tuan Olena Dragan Milica Ilinca Vasile
Gheorghe Ionela Tamari Levan Zurab Kylian Enzo Jayden Maëlys Lylou Timéo Ilyes Shaïma Djenna Mickaël Jordane
Priscillia Océane Steevy Cédrik Ysaline Ketsia Shayneze Tidjani Nolhan Ihab Zélina Korotoumou Yaëlle Rozenn Aïnhoa
Burhan Xiomara Lindiwe Sinaly Fodié Naïlys Djahid Oumniya Bleuenn
"""

_LAST = """
Lemoine Garnier Chevallier Gauthier Perrin Morin Dumas Lefort Vasseur Delacroix Bouvier Carpentier Tessier Schmitt
Kowalski Le~Goff Le~Bihan Kerbrat Etcheverry Lopez Garcia Martinez Fernandez Romero Benmoussa Belkacem Haddad Boukhris
Zerrouki Ould-Ali Bensaïd Chaouche Mebarki Hamdaoui El~Khattabi El~Mansouri Aït-Benali Ben~Salah Diallo Diarra Keita
Coulibaly Sissoko Camara Sow Ndiaye Konaté Touré Bangoura Mbaye Mendy Ouattara Kouyaté N'Guessan Kone Yıldırım Kaya
Demir Çelik Öztürk Aslan Karataş da~Silva dos~Santos Ferreira Oliveira Pereira Gonçalves Teixeira Nguyen Tran Pham Vo
Sok Chea Wang Zhang Popescu Ionescu Dumitru Petrović Kovač Beridze Shevchenko Van~der~Berg de~Almeida D'Angelo Rossi
Petit Roux Blanc Leblanc Boulanger Fontaine Marchand Berger Meunier Lebrun Legrand Moulin Rivière Vandenbroucke
Poilvache Benguerba Kherfallah Tahraoui Bouzekri Soukouna Magassa Niakhaté Uzun Erbil Vasconcelos Quintela Ratsimba
Andriamana Phetsarath Lysak Hrynko Grollemund Pellissou Cathelineau Trotignon Bouscatel Djellal Yansané
"""

FIRST = _FIRST.split()
#: "~" stands for the space inside a surname.
LAST = [name.replace("~", " ") for name in _LAST.split()]
