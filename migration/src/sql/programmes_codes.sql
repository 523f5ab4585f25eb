INSERT INTO codes (list, code, name_fi, name_sv, name_en) VALUES
  ('TARGET_GROUP', 'SUBSTANCE_RECOVERY', 'Päihdekuntoutujat', 'Personer som återhämtar sig från missbruk', 'People recovering from substance dependence'),
  ('TARGET_GROUP', 'MENTAL_HEALTH_RECOVERY', 'Mielenterveyskuntoutujat', 'Personer som återhämtar sig från psykisk ohälsa', 'People recovering from mental ill-health'),
  ('TARGET_GROUP', 'THREAT_OF_HOMELESSNESS', 'Asunnottomuusuhan alaiset', 'Personer som hotas av bostadslöshet', 'People under threat of homelessness'),
  ('TARGET_GROUP', 'NEXT_OF_KIN', 'Läheiset', 'Närstående', 'Next of kin'),
  ('TARGET_GROUP', 'YOUNG_PEOPLE', 'Nuoret', 'Unga', 'Young people'),
  ('TARGET_GROUP', 'FAMILIES', 'Perheet', 'Familjer', 'Families'),
  ('TARGET_GROUP', 'RELEASED_FROM_PRISON', 'Vankilasta vapautuvat', 'Personer som friges från fängelse', 'People being released from prison'),
  ('SUPPORT_FORM', 'INDIVIDUAL', 'Kahdenkeskinen tuki', 'Individuellt stöd', 'One to one'),
  ('SUPPORT_FORM', 'FAMILY', 'Tukea perheelle', 'Stöd för familjen', 'For a family'),
  ('SUPPORT_FORM', 'GROUP', 'Ryhmä', 'Grupp', 'In a group');
