CREATE TABLE rights (
  id smallint PRIMARY KEY,
  version bigint NOT NULL,
  CONSTRAINT rights_one CHECK (id = 1)
);

INSERT INTO rights (id, version) VALUES (1, 1);
