INSERT INTO counties (code, name_fi, name_sv) VALUES
  ('01', 'Itä-Uusimaa', 'Östra Nyland'), ('02', 'Keski-Uusimaa', 'Mellersta Nyland'), ('03', 'Länsi-Uusimaa', 'Västra Nyland'),
  ('04', 'Vantaa ja Kerava', 'Vanda och Kervo'), ('05', 'Varsinais-Suomi', 'Egentliga Finland'), ('06', 'Satakunta', 'Satakunta'),
  ('07', 'Kanta-Häme', 'Egentliga Tavastland'), ('08', 'Pirkanmaa', 'Birkaland'), ('09', 'Päijät-Häme', 'Päijänne-Tavastland'),
  ('10', 'Kymenlaakso', 'Kymmenedalen'), ('11', 'Etelä-Karjala', 'Södra Karelen'), ('12', 'Etelä-Savo', 'Södra Savolax'),
  ('13', 'Pohjois-Savo', 'Norra Savolax'), ('14', 'Pohjois-Karjala', 'Norra Karelen'), ('15', 'Keski-Suomi', 'Mellersta Finland'),
  ('16', 'Etelä-Pohjanmaa', 'Södra Österbotten'), ('17', 'Pohjanmaa', 'Österbotten'), ('18', 'Keski-Pohjanmaa', 'Mellersta Österbotten'),
  ('19', 'Pohjois-Pohjanmaa', 'Norra Österbotten'), ('20', 'Kainuu', 'Kajanaland'), ('21', 'Lappi', 'Lappland'),
  ('90', 'Helsingin kaupunki', 'Helsingfors stad'), ('91', 'Ahvenanmaa', 'Åland');

INSERT INTO languages (code) VALUES ('fi'), ('sv'), ('en'), ('se'), ('smn'), ('sms');

INSERT INTO roles (code) VALUES ('PROFESSIONAL'), ('COORDINATOR'), ('SUPERVISOR'), ('FACILITATOR'), ('PAID_GUIDE'), ('SUPPORT_PERSON'),
  ('PEER_GUIDE'), ('EXPERT'), ('ANALYST'), ('DPO'), ('ADMIN');

INSERT INTO organisation_kinds (code) VALUES ('CITY'), ('MUNICIPALITY'), ('WELLBEING_COUNTY'), ('ASSOCIATION'), ('FOUNDATION'), ('PRIVATE_PROVIDER');

INSERT INTO partnership_kinds (code) VALUES ('REFERS'), ('SUPERVISES'), ('ORGANISES');

INSERT INTO codes (list, code, name_fi, name_sv, name_en) VALUES
  ('INTEREST', 'COFFEE', 'Kahvittelu', 'Kaffestunder', 'Coffee'),
  ('INTEREST', 'FISHING', 'Kalastus', 'Fiske', 'Fishing'),
  ('INTEREST', 'NATURE', 'Luonto ja retkeily', 'Natur och friluftsliv', 'Nature and hiking'),
  ('INTEREST', 'SPORT', 'Liikunta', 'Motion', 'Sport'),
  ('INTEREST', 'MUSIC', 'Musiikki', 'Musik', 'Music'),
  ('INTEREST', 'CRAFTS', 'Kädentaidot', 'Hantverk', 'Crafts'),
  ('INTEREST', 'COOKING', 'Ruoanlaitto', 'Matlagning', 'Cooking'),
  ('INTEREST', 'READING', 'Lukeminen', 'Läsning', 'Reading'),
  ('INTEREST', 'GAMES', 'Pelit', 'Spel', 'Games'),
  ('INTEREST', 'ANIMALS', 'Eläimet', 'Djur', 'Animals'),
  ('INTEREST', 'STUDY', 'Opiskelu', 'Studier', 'Studying'),
  ('INTEREST', 'FAMILY_LIFE', 'Perhe-elämä', 'Familjeliv', 'Family life'),
  ('MATCH_WISH', 'WOMAN', 'Toivoo naista', 'Önskar en kvinna', 'Wishes for a woman'),
  ('MATCH_WISH', 'MAN', 'Toivoo miestä', 'Önskar en man', 'Wishes for a man'),
  ('MATCH_WISH', 'SIMILAR_AGE', 'Toivoo samanikäistä', 'Önskar någon i samma ålder', 'Wishes for someone of the same age'),
  ('MATCH_WISH', 'REMOTE', 'Toivoo etätapaamisia', 'Önskar distansträffar', 'Wishes to meet remotely'),
  ('MATCH_WISH', 'EVENINGS', 'Toivoo iltoja', 'Önskar kvällar', 'Wishes for evenings'),
  ('MATCH_WISH', 'WEEKENDS', 'Toivoo viikonloppuja', 'Önskar veckoslut', 'Wishes for weekends'),
  ('MATCH_WISH', 'SHARED_HOBBY', 'Toivoo yhteistä tekemistä', 'Önskar gemensam sysselsättning', 'Wishes for something to do together'),
  ('KIN_RELATION', 'PARENT', 'Vanhempi', 'Förälder', 'Parent'),
  ('KIN_RELATION', 'CHILD', 'Lapsi', 'Barn', 'Child'),
  ('KIN_RELATION', 'SIBLING', 'Sisarus', 'Syskon', 'Sibling'),
  ('KIN_RELATION', 'PARTNER', 'Puoliso', 'Partner', 'Partner'),
  ('KIN_RELATION', 'GRANDPARENT', 'Isovanhempi', 'Far- eller morförälder', 'Grandparent'),
  ('KIN_RELATION', 'FRIEND', 'Ystävä', 'Vän', 'Friend'),
  ('KIN_RELATION', 'OTHER', 'Muu läheinen', 'Annan närstående', 'Other next of kin'),
  ('INFORMATION_SOURCE', 'PROFESSIONAL', 'Ammattilainen', 'En yrkesperson', 'A professional'),
  ('INFORMATION_SOURCE', 'PEER', 'Vertainen', 'En jämlike', 'A peer'),
  ('INFORMATION_SOURCE', 'NEXT_OF_KIN', 'Läheinen', 'En närstående', 'Next of kin'),
  ('INFORMATION_SOURCE', 'INTERNET', 'Verkko', 'Nätet', 'The internet'),
  ('INFORMATION_SOURCE', 'BROCHURE', 'Esite', 'En broschyr', 'A brochure'),
  ('INFORMATION_SOURCE', 'EVENT', 'Tapahtuma', 'Ett evenemang', 'An event'),
  ('INFORMATION_SOURCE', 'OTHER', 'Muu', 'Annan', 'Other'),
  ('ACTIVITY', 'CONVERSATION', 'Keskustelu', 'Samtal', 'Conversation'),
  ('ACTIVITY', 'COFFEE', 'Kahvilla', 'Kaffe', 'Coffee'),
  ('ACTIVITY', 'FISHING', 'Kalassa', 'Fiske', 'Fishing'),
  ('ACTIVITY', 'NATURE_WALK', 'Luontokävely', 'Naturpromenad', 'Nature walk'),
  ('ACTIVITY', 'SPORT', 'Liikunta', 'Motion', 'Sport'),
  ('ACTIVITY', 'ERRANDS', 'Asiointi yhdessä', 'Ärenden tillsammans', 'Errands together'),
  ('ACTIVITY', 'CULTURE', 'Kulttuuri', 'Kultur', 'Culture'),
  ('ACTIVITY', 'OTHER', 'Muu', 'Annat', 'Other'),
  ('MEETING_PLACE', 'CAFE', 'Kahvila', 'Kafé', 'Café'),
  ('MEETING_PLACE', 'OUTDOORS', 'Ulkona', 'Utomhus', 'Outdoors'),
  ('MEETING_PLACE', 'LIBRARY', 'Kirjasto', 'Bibliotek', 'Library'),
  ('MEETING_PLACE', 'ASSOCIATION', 'Yhdistyksen tiloissa', 'Föreningens lokal', 'The association''s rooms'),
  ('MEETING_PLACE', 'SERVICE', 'Palvelun tiloissa', 'Servicens lokal', 'The service''s rooms'),
  ('MEETING_PLACE', 'HOME', 'Kotona', 'Hemma', 'At home'),
  ('MEETING_PLACE', 'REMOTE', 'Etänä', 'På distans', 'Remotely'),
  ('MEETING_PLACE', 'AGREED_EACH_TIME', 'Sovitaan joka kerta', 'Avtalas varje gång', 'Agreed each time');
