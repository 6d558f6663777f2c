BEGIN TRANSACTION;
CREATE TABLE access_token (
	id CHAR(32) NOT NULL, 
	account_id CHAR(32) NOT NULL, 
	name VARCHAR NOT NULL, 
	digest BLOB NOT NULL, 
	created_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	used_at DATETIME, 
	CONSTRAINT pk_access_token PRIMARY KEY (id), 
	CONSTRAINT fk_access_token_account_id_account FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT uq_access_token_digest UNIQUE (digest)
);
CREATE TABLE account (
	id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	email VARCHAR NOT NULL, 
	password_hash VARCHAR NOT NULL, 
	is_admin BOOLEAN NOT NULL, 
	epoch INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_account PRIMARY KEY (id), 
	CONSTRAINT ck_account_email_in_lower_case CHECK (email = lower(email)), 
	CONSTRAINT fk_account_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT uq_account_email UNIQUE (email), 
	CONSTRAINT uq_account_person_id UNIQUE (person_id)
);
INSERT INTO "account" VALUES('01a1fe1498d070008af52000faa7f449','01a1fe1498c77000aecb7f9161097fb9','olga@demo.example.org','$argon2id$v=19$m=19456,t=2,p=1$VM4aR+r0OhLOPucW/cD08g$jkjSTIFN9wzXAxJ51ItvDnoZwZZPxMDjv+Dkj9KCPI4',1,0,'2026-11-21 12:28:45.091212');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE audit_entry (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor_id CHAR(32), 
	actor_name VARCHAR NOT NULL, 
	action VARCHAR NOT NULL, 
	subject_id CHAR(32), 
	details JSON NOT NULL, 
	CONSTRAINT pk_audit_entry PRIMARY KEY (id)
);
INSERT INTO "audit_entry" VALUES(1,'2026-11-21 12:28:45.091212',NULL,'Kinkeeper','account.administrator_created','01a1fe1498d070008af52000faa7f449','{}');
INSERT INTO "audit_entry" VALUES(2,'2026-11-21 12:28:45.195263','01a1fe1498d070008af52000faa7f449','Olga','exchange.begun','01a1fe14990b700080620185b2af87bc','{}');
INSERT INTO "audit_entry" VALUES(3,'2026-11-21 12:28:48.272341','01a1fe1498d070008af52000faa7f449','Olga','exchange.begun','01a1fe14a510700084f546c98f0a4bc3','{}');
INSERT INTO "audit_entry" VALUES(4,'2026-11-21 12:28:49.376372','01a1fe1498d070008af52000faa7f449','Olga','exchange.household_ruled_out','01a1fe14a510700084f546c98f0a4bc3','{"people": 2}');
INSERT INTO "audit_entry" VALUES(5,'2026-11-21 12:28:49.445539','01a1fe1498d070008af52000faa7f449','Olga','exchange.closed','01a1fe14a510700084f546c98f0a4bc3','{}');
INSERT INTO "audit_entry" VALUES(6,'2026-11-21 12:28:49.707987','01a1fe1498d070008af52000faa7f449','Olga','exchange.names_drawn','01a1fe14a510700084f546c98f0a4bc3','{"people": 5, "commitment": "99ffdb536c866a8c15feef173588694d51ed61cd2e9b5c5d8a478029d328678f"}');
CREATE TABLE circle (
	id CHAR(32) NOT NULL, 
	name VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	zone VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_circle PRIMARY KEY (id)
);
INSERT INTO "circle" VALUES('01a1fe1498a47000900313be2757b3be','The Olsens','en','Europe/London','2026-11-21 12:28:45.091212');
CREATE TABLE errand (
	id CHAR(32) NOT NULL, 
	kind VARCHAR NOT NULL, 
	fields JSON NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	due_at DATETIME NOT NULL, 
	tries INTEGER NOT NULL, 
	leased_until DATETIME, 
	last_error VARCHAR, 
	CONSTRAINT pk_errand PRIMARY KEY (id), 
	CONSTRAINT ck_errand_progress CHECK (state IN ('waiting', 'running', 'done', 'dead'))
);
CREATE TABLE "exchange" (
	id CHAR(32) NOT NULL, 
	circle_id CHAR(32) NOT NULL, 
	slug VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	description VARCHAR NOT NULL, 
	budget VARCHAR NOT NULL, 
	most_people INTEGER, 
	closes_on DATE NOT NULL, 
	gifts_on DATE NOT NULL, 
	zone VARCHAR NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	created_at DATETIME NOT NULL, 
	drawn_at DATETIME, 
	keep_days INTEGER DEFAULT '30' NOT NULL, 
	ended_at DATETIME, 
	series_id CHAR(32) NOT NULL, 
	shape VARCHAR(32) DEFAULT 'any' NOT NULL, 
	avoid_years INTEGER DEFAULT '3' NOT NULL, 
	publishes_draw BOOLEAN DEFAULT 0 NOT NULL, 
	names_in_letters BOOLEAN DEFAULT 0 NOT NULL, 
	seed_sealed BLOB, wishes_told_on DATE, remind_days VARCHAR DEFAULT '7,1' NOT NULL, 
	CONSTRAINT pk_exchange PRIMARY KEY (id), 
	CONSTRAINT ck_exchange_exchangestate CHECK (state IN ('draft', 'open', 'closed', 'drawn', 'completed', 'cancelled', 'purged')), 
	CONSTRAINT ck_exchange_drawn_when_drawn CHECK (drawn_at IS NOT NULL OR state NOT IN ('drawn', 'completed')), 
	CONSTRAINT ck_exchange_drawn_once CHECK (drawn_at IS NULL OR state NOT IN ('draft', 'open', 'closed')), 
	CONSTRAINT ck_exchange_ended_when_over CHECK ((ended_at IS NOT NULL) = (state IN ('completed', 'cancelled', 'purged'))), 
	CONSTRAINT ck_exchange_kept_for_a_while CHECK (keep_days BETWEEN 7 AND 365), 
	CONSTRAINT ck_exchange_closes_before_gifts CHECK (closes_on <= gifts_on), 
	CONSTRAINT ck_exchange_three_or_more CHECK (most_people >= 3), 
	CONSTRAINT ck_exchange_shape CHECK (shape IN ('any', 'no-mutual', 'one-loop')), 
	CONSTRAINT ck_exchange_years_avoided CHECK (avoid_years BETWEEN 0 AND 10), 
	CONSTRAINT uq_exchange_slug UNIQUE (slug), 
	CONSTRAINT fk_exchange_circle_id_circle FOREIGN KEY(circle_id) REFERENCES circle (id) ON DELETE CASCADE
);
INSERT INTO "exchange" VALUES('01a1fe14990b700080620185b2af87bc','01a1fe1498a47000900313be2757b3be','bxv8me8pxwdy','Christmas at the Olsens','Home-made is welcome. Nobody needs another mug.','around £20',NULL,'2026-12-14','2026-12-24','Europe/London','open','2026-11-21 12:28:45.195263',NULL,30,NULL,'01a1fe14990d7000a530790ef2ae93e1','any',3,0,0,NULL,NULL,'7,1');
INSERT INTO "exchange" VALUES('01a1fe14a510700084f546c98f0a4bc3','01a1fe1498a47000900313be2757b3be','pvpybnmqwzr5','Midsummer surprise','Home-made is welcome. Nobody needs another mug.','around £20',NULL,'2027-06-14','2027-06-24','Europe/London','drawn','2026-11-21 12:28:48.272341','2026-11-21 12:28:49.707987',30,NULL,'01a1fe14a51070018d8ed3c19f832906','any',3,0,0,NULL,NULL,'7,1');
CREATE TABLE exchange_assignment (
	draw_id CHAR(32) NOT NULL, 
	giver_id CHAR(32) NOT NULL, 
	receiver_sealed BLOB NOT NULL, 
	receiver_mark BLOB NOT NULL, opened_at DATETIME, bought_sealed BLOB, ready_at DATETIME, 
	CONSTRAINT pk_exchange_assignment PRIMARY KEY (draw_id, giver_id), 
	CONSTRAINT fk_exchange_assignment_draw_id_exchange_draw FOREIGN KEY(draw_id) REFERENCES exchange_draw (id) ON DELETE CASCADE, 
	CONSTRAINT fk_exchange_assignment_giver_id_exchange_participant FOREIGN KEY(giver_id) REFERENCES exchange_participant (id) ON DELETE CASCADE, 
	CONSTRAINT uq_exchange_assignment_draw_id_receiver_mark UNIQUE (draw_id, receiver_mark)
);
INSERT INTO "exchange_assignment" VALUES('01a1fe14aa6570008c23079b982a2c23','01a1fe14a53b7000ab756bdaeb4e3f12',X'0155DD2F2EB18071E351E6A14137D51867FBB168F585793BA9D6E89EDE11B50547AF1F255D1704A263FB706269D3B8B57D',X'0750E87257FD1CE9CDD4E7E678BA17CA9BC2BC20814E60E5B94C154F89BC9043',NULL,NULL,NULL);
INSERT INTO "exchange_assignment" VALUES('01a1fe14aa6570008c23079b982a2c23','01a1fe14a5b370008ca47dd9faf1f96a',X'0155DD2F2E6D7CE99D17BE136CBF617E9634298E9C90DE404B8C967E2D36A14B5995EB81D7DD3405F6452B6CB81EF9A7C8',X'B47C6791B6224B444FB376171BAE3FA500A86B5D1A87FE1BA84F9656EE77AD60',NULL,NULL,NULL);
INSERT INTO "exchange_assignment" VALUES('01a1fe14aa6570008c23079b982a2c23','01a1fe14a6367000afe0ac73123b4df1',X'0155DD2F2E07FE8CE2BD6C91AE416DC282EBC6B548216224EA7B3CE995AFC5EB8100BC78051DEC5D906F2A94F755680377',X'8F6079B65A2059945F102A914FB8A52A80FEAB9F89B4BEC20A4AE1BB2ECC18DC',NULL,NULL,NULL);
INSERT INTO "exchange_assignment" VALUES('01a1fe14aa6570008c23079b982a2c23','01a1fe14a73c7000a9ca5fe0d5b8b790',X'0155DD2F2ED0B43D09863A80F0E521BA8EC794B5A92127F9F745F213A982658631CA11F31DF9546734FC369AE5BE490489',X'C0C313CF97CCE89F1DFF26A9DEFA392019F97C99AC0F483D160A0DD7AFF18642',NULL,NULL,NULL);
INSERT INTO "exchange_assignment" VALUES('01a1fe14aa6570008c23079b982a2c23','01a1fe14a8417000b1426456e9351e9e',X'0155DD2F2E7B61A007725607621D2B51C5B036A0F9CC718C52C86ECA2488FA3DE59F022F455654D1E9E7B6C8D6E10E97B7',X'FD5F2A0DFB34B601BA7F041DCEC7437AB6E184F71F502F378ED9EA1CDB153B39',NULL,NULL,NULL);
CREATE TABLE "exchange_draw" (
	id CHAR(32) NOT NULL, 
	exchange_id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	drawn_at DATETIME NOT NULL, 
	quality VARCHAR(32) NOT NULL, 
	kind VARCHAR(32) DEFAULT 'draw' NOT NULL, 
	reason VARCHAR DEFAULT '' NOT NULL, 
	document_sealed BLOB, 
	commitment VARCHAR, 
	changed_for_id CHAR(32), 
	CONSTRAINT pk_exchange_draw PRIMARY KEY (id), 
	CONSTRAINT ck_exchange_draw_drawkind CHECK (kind IN ('draw', 'redraw', 'repair')), 
	CONSTRAINT ck_exchange_draw_quality CHECK (quality IN ('exact', 'mixed', 'capped')), 
	CONSTRAINT fk_exchange_draw_exchange_id_exchange FOREIGN KEY(exchange_id) REFERENCES exchange (id) ON DELETE CASCADE, 
	CONSTRAINT uq_exchange_draw_exchange_id_version UNIQUE (exchange_id, version), 
	CONSTRAINT fk_exchange_draw_changed_for_id_exchange_participant FOREIGN KEY(changed_for_id) REFERENCES exchange_participant (id) ON DELETE SET NULL
);
INSERT INTO "exchange_draw" VALUES('01a1fe14aa6570008c23079b982a2c23','01a1fe14a510700084f546c98f0a4bc3',1,'2026-11-21 12:28:49.707987','exact','draw','',X'0155DD2F2EAC66224BC814267BCD228F8980F3241A7089BEE3664786A0E40FD2677C8B65B9BC71C74DE37CBB1283980B484C04DE8765EDC884058A5EEDDA7EF8410FF59587FFFBDE421F4354D1BE15ED340CF4900969D9D54A2E639F3F92ED634AA3DB6002258BED5CB14E1DEBB5DE6A7F9ABC3302B67F858A8205A5D2271B6ACE486556EA386055CC77CF5184C1BD54E61704F179B0869F5332DA0C2EF51749A1DAD9C58124717A0F1D68662152266A1903E35983498A4BDB57B647E39196271557BDE4411EA4B8834C46D22FC73FE2D9BCF280C76D4CA0946EFB9602729BDF1DD085FE537F899043D39744773FFCC281F52BB0C3EB20DEAB66C788DF31B65B91D8ADF1CC223D1A82DEB0AEBD438F110B1B059CD4FB0E1C96E4EEF8DCB3FFD7902545D0E47032B1037A3E5C1E86D0DA7296D73CEAED666381E36DC8AC38C73B81CD5BECDAE01EE786025A5ACEDC72F32E88D935FF73FF224C46FD4C841F6021EC42B646A8D599DE385582297704E82F7D3FC7779083985E9033FC7B5BCED38D75A4E90F72F309E36A813819C3D88FA490A365741549B4C2D697A397DCCB12A9211931C1CAF2D48775A7B76777B692CD25AA808AC7B8B8E3738CF41D18B07560ED83FC5A8E954787548FDB7447648BDF845427B7F3732759F1FE8B668879B7A2C4C544896441EC8B807339667467F66196FB84CD49824C2BF46C7F0A3D385640E7733388351C4B00C23865BD99F91C1511238E24AB5F30F88DD4B32CE841A7511FFE333146B9751C8DD74DE524F326CC9018AD0A626FD0BB40C010B1F7B463D34010A600484FE3E77B48374D1D1685744A608262F2D4C3ABFD235FF63EFD32AA32D43F6681E153F0F4F0307043A9E3ADC397B8C566A848CBD82C64973E666D5AA06853AF544670C66172A53650CB6D67128A227B8789058EC927F95CD1970ABD2CC06C01459533ECA1A802D705884B0F3919EEBC6BBD0A6F78634F900FC36DA58A03AC7A806F4498E6F7EF020F293258B6EDC551340B92046B9ACCDEEB13EC8EE1E4C4D154AEDDA1B49F5D5238C96E','99ffdb536c866a8c15feef173588694d51ed61cd2e9b5c5d8a478029d328678f',NULL);
CREATE TABLE exchange_household_rule (
	exchange_id CHAR(32) NOT NULL, 
	household_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_exchange_household_rule PRIMARY KEY (exchange_id, household_id), 
	CONSTRAINT fk_exchange_household_rule_exchange_id_exchange FOREIGN KEY(exchange_id) REFERENCES exchange (id) ON DELETE CASCADE, 
	CONSTRAINT fk_exchange_household_rule_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) ON DELETE CASCADE
);
INSERT INTO "exchange_household_rule" VALUES('01a1fe14a510700084f546c98f0a4bc3','01a1fe14a94b7000803fa686984378eb');
CREATE TABLE exchange_new_address (
	participant_id CHAR(32) NOT NULL, 
	email VARCHAR NOT NULL, 
	asked_by VARCHAR NOT NULL, 
	asked_at DATETIME NOT NULL, 
	agreed_at DATETIME, 
	CONSTRAINT pk_exchange_new_address PRIMARY KEY (participant_id), 
	CONSTRAINT fk_exchange_new_address_participant_id_exchange_participant FOREIGN KEY(participant_id) REFERENCES exchange_participant (id) ON DELETE CASCADE
);
CREATE TABLE exchange_organiser (
	exchange_id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	since_at DATETIME NOT NULL, 
	hears_of_joining BOOLEAN NOT NULL, 
	hears_of_leaving BOOLEAN NOT NULL, 
	hears_of_drawing BOOLEAN NOT NULL, 
	CONSTRAINT pk_exchange_organiser PRIMARY KEY (exchange_id, person_id), 
	CONSTRAINT fk_exchange_organiser_exchange_id_exchange FOREIGN KEY(exchange_id) REFERENCES exchange (id) ON DELETE CASCADE, 
	CONSTRAINT fk_exchange_organiser_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
);
INSERT INTO "exchange_organiser" VALUES('01a1fe14990b700080620185b2af87bc','01a1fe1498c77000aecb7f9161097fb9','2026-11-21 12:28:45.195263',0,0,0);
INSERT INTO "exchange_organiser" VALUES('01a1fe14a510700084f546c98f0a4bc3','01a1fe1498c77000aecb7f9161097fb9','2026-11-21 12:28:48.272341',0,0,0);
CREATE TABLE exchange_pair_memory (
	series_id CHAR(32) NOT NULL, 
	gifts_on DATE NOT NULL, 
	giver_mark BLOB NOT NULL, 
	receiver_mark BLOB NOT NULL, 
	CONSTRAINT pk_exchange_pair_memory PRIMARY KEY (series_id, gifts_on, giver_mark, receiver_mark)
);
CREATE TABLE exchange_pair_rule (
	giver_id CHAR(32) NOT NULL, 
	receiver_id CHAR(32) NOT NULL, 
	exchange_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_exchange_pair_rule PRIMARY KEY (giver_id, receiver_id), 
	CONSTRAINT ck_exchange_pair_rule_two_people CHECK (giver_id <> receiver_id), 
	CONSTRAINT fk_exchange_pair_rule_exchange_id_exchange FOREIGN KEY(exchange_id) REFERENCES exchange (id) ON DELETE CASCADE, 
	CONSTRAINT fk_exchange_pair_rule_giver_id_exchange_participant FOREIGN KEY(giver_id) REFERENCES exchange_participant (id) ON DELETE CASCADE, 
	CONSTRAINT fk_exchange_pair_rule_receiver_id_exchange_participant FOREIGN KEY(receiver_id) REFERENCES exchange_participant (id) ON DELETE CASCADE
);
CREATE TABLE exchange_participant (
	id CHAR(32) NOT NULL, 
	exchange_id CHAR(32) NOT NULL, 
	person_id CHAR(32), 
	name VARCHAR NOT NULL, 
	wishes VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	salt BLOB NOT NULL, 
	joined_at DATETIME NOT NULL, 
	confirmed_at DATETIME, withdrawn_at DATETIME, invited_by VARCHAR, wishes_before BLOB, wants_reminders BOOLEAN DEFAULT 1 NOT NULL, hears_of_wishes BOOLEAN DEFAULT 1 NOT NULL, 
	CONSTRAINT pk_exchange_participant PRIMARY KEY (id), 
	CONSTRAINT fk_exchange_participant_exchange_id_exchange FOREIGN KEY(exchange_id) REFERENCES exchange (id) ON DELETE CASCADE, 
	CONSTRAINT fk_exchange_participant_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT uq_exchange_participant_exchange_id_person_id UNIQUE (exchange_id, person_id)
);
INSERT INTO "exchange_participant" VALUES('01a1fe149ae470009a38a1a1eb419c76','01a1fe14990b700080620185b2af87bc','01a1fe1498c77000aecb7f9161097fb9','Olga','Thick socks. And time for tea.','en',X'6DADA3A67F22593D0447FB31D05C139F','2026-11-21 12:28:45.449800','2026-11-21 12:28:47.073367',NULL,NULL,NULL,1,1);
INSERT INTO "exchange_participant" VALUES('01a1fe14a0877001a601511a770fa4d4','01a1fe14990b700080620185b2af87bc','01a1fe14a087700091b2626d59f72178','Bjarne','A new kite, or a book about boats.','en',X'884802F6D59ECF496804A67A0D7E7E2F','2026-11-21 12:28:47.106897','2026-11-21 12:28:47.164016',NULL,NULL,NULL,1,1);
INSERT INTO "exchange_participant" VALUES('01a1fe14a1607000b63b4046fff79819','01a1fe14990b700080620185b2af87bc','01a1fe14a11d70009bb4ee1a30e10672','Ida','Watercolours','en',X'737B4317DF83A40DC4BBD7042696E54E','2026-11-21 12:28:47.243407','2026-11-21 12:28:47.388864',NULL,NULL,NULL,1,1);
INSERT INTO "exchange_participant" VALUES('01a1fe14a1d8700087fe1f50bdde4b09','01a1fe14990b700080620185b2af87bc','01a1fe14a1d67000ba51d5be18458856','Frederik','','en',X'90B46215BA2F4C66BF02F20CC943D84D','2026-11-21 12:28:47.432018','2026-11-21 12:28:47.504558',NULL,NULL,NULL,1,1);
INSERT INTO "exchange_participant" VALUES('01a1fe14a2397000838099ad6a9db2c3','01a1fe14990b700080620185b2af87bc','01a1fe14a238700093827aa6abc03ef8','Nora','Something for the balcony that survives me','en',X'40682C99E458F1A701F36B2D8DFCD257','2026-11-21 12:28:47.543442','2026-11-21 12:28:47.832238',NULL,NULL,NULL,1,1);
INSERT INTO "exchange_participant" VALUES('01a1fe14a4907000bf8930538407e6a0','01a1fe14990b700080620185b2af87bc','01a1fe14a48f7000aae380e05d296fde','Emil','Lego, dinosaurs, or both','en',X'340977D6C4939C0350E16587FFC0EA2C','2026-11-21 12:28:48.134277','2026-11-21 12:28:48.209818',NULL,NULL,NULL,1,1);
INSERT INTO "exchange_participant" VALUES('01a1fe14a5077000bd14c0167642e9e7','01a1fe14990b700080620185b2af87bc','01a1fe14a50670008531eb715b3a3295','Astrid','A good whetstone','en',X'93A51B502D555CE27BB4457CA8B1DEA0','2026-11-21 12:28:48.257008',NULL,NULL,NULL,NULL,1,1);
INSERT INTO "exchange_participant" VALUES('01a1fe14a53b7000ab756bdaeb4e3f12','01a1fe14a510700084f546c98f0a4bc3','01a1fe1498c77000aecb7f9161097fb9','Olga','Thick socks. And time for tea.','en',X'FFF2646BB6646EBAC5F2E0E3B658AD66','2026-11-21 12:28:48.310432','2026-11-21 12:28:48.373688',NULL,NULL,NULL,1,1);
INSERT INTO "exchange_participant" VALUES('01a1fe14a5b370008ca47dd9faf1f96a','01a1fe14a510700084f546c98f0a4bc3','01a1fe14a087700091b2626d59f72178','Bjarne','A new kite, or a book about boats.','en',X'316E638BA5A23B5CCF4B0265E05B6715','2026-11-21 12:28:48.421722','2026-11-21 12:28:48.502479',NULL,NULL,NULL,1,1);
INSERT INTO "exchange_participant" VALUES('01a1fe14a6367000afe0ac73123b4df1','01a1fe14a510700084f546c98f0a4bc3','01a1fe14a11d70009bb4ee1a30e10672','Ida','Watercolours','en',X'0C035A209E890946F93AD55C3F5BCBDD','2026-11-21 12:28:48.548151','2026-11-21 12:28:48.635848',NULL,NULL,NULL,1,1);
INSERT INTO "exchange_participant" VALUES('01a1fe14a73c7000a9ca5fe0d5b8b790','01a1fe14a510700084f546c98f0a4bc3','01a1fe14a1d67000ba51d5be18458856','Frederik','','en',X'CF9A35CE45AA27AB5C1C456B681A4917','2026-11-21 12:28:48.704351','2026-11-21 12:28:49.006113',NULL,NULL,NULL,1,1);
INSERT INTO "exchange_participant" VALUES('01a1fe14a8417000b1426456e9351e9e','01a1fe14a510700084f546c98f0a4bc3','01a1fe14a238700093827aa6abc03ef8','Nora','Something for the balcony that survives me','en',X'D66AD28DE035ED0DA19BFE5AC35F2D78','2026-11-21 12:28:49.087131','2026-11-21 12:28:49.239110',NULL,NULL,NULL,1,1);
CREATE TABLE exchange_reminder (
	participant_id CHAR(32) NOT NULL, 
	days INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_exchange_reminder PRIMARY KEY (participant_id, days), 
	CONSTRAINT fk_exchange_reminder_participant_id_exchange_participant FOREIGN KEY(participant_id) REFERENCES exchange_participant (id) ON DELETE CASCADE
);
CREATE TABLE exchange_reveal (
	id CHAR(32) NOT NULL, 
	exchange_id CHAR(32) NOT NULL, 
	giver_id CHAR(32) NOT NULL, 
	at DATETIME NOT NULL, 
	by_name VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	CONSTRAINT pk_exchange_reveal PRIMARY KEY (id), 
	CONSTRAINT fk_exchange_reveal_exchange_id_exchange FOREIGN KEY(exchange_id) REFERENCES exchange (id) ON DELETE CASCADE, 
	CONSTRAINT fk_exchange_reveal_giver_id_exchange_participant FOREIGN KEY(giver_id) REFERENCES exchange_participant (id) ON DELETE CASCADE
);
CREATE TABLE exchange_wish (
	id CHAR(32) NOT NULL, 
	participant_id CHAR(32) NOT NULL, 
	text VARCHAR NOT NULL, 
	url VARCHAR, 
	priority VARCHAR(32) NOT NULL, 
	created_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	CONSTRAINT pk_exchange_wish PRIMARY KEY (id), 
	CONSTRAINT ck_exchange_wish_priority CHECK (priority IN ('love', 'like', 'nice')), 
	CONSTRAINT fk_exchange_wish_participant_id_exchange_participant FOREIGN KEY(participant_id) REFERENCES exchange_participant (id) ON DELETE CASCADE
);
CREATE TABLE guardian (
	ward_id CHAR(32) NOT NULL, 
	guardian_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_guardian PRIMARY KEY (ward_id, guardian_id), 
	CONSTRAINT ck_guardian_guards_another CHECK (ward_id <> guardian_id), 
	CONSTRAINT fk_guardian_guardian_id_person FOREIGN KEY(guardian_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_guardian_ward_id_person FOREIGN KEY(ward_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE TABLE household (
	id CHAR(32) NOT NULL, 
	circle_id CHAR(32) NOT NULL, 
	name VARCHAR NOT NULL, 
	CONSTRAINT pk_household PRIMARY KEY (id), 
	CONSTRAINT fk_household_circle_id_circle FOREIGN KEY(circle_id) REFERENCES circle (id) ON DELETE CASCADE
);
INSERT INTO "household" VALUES('01a1fe14a94b7000803fa686984378eb','01a1fe1498a47000900313be2757b3be','Oak Road');
CREATE TABLE household_member (
	household_id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_household_member PRIMARY KEY (household_id, person_id), 
	CONSTRAINT fk_household_member_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) ON DELETE CASCADE, 
	CONSTRAINT fk_household_member_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
INSERT INTO "household_member" VALUES('01a1fe14a94b7000803fa686984378eb','01a1fe14a087700091b2626d59f72178');
INSERT INTO "household_member" VALUES('01a1fe14a94b7000803fa686984378eb','01a1fe1498c77000aecb7f9161097fb9');
CREATE TABLE limit_spending (
	"key" BLOB NOT NULL, 
	ends_at DATETIME NOT NULL, 
	spent INTEGER NOT NULL, 
	CONSTRAINT pk_limit_spending PRIMARY KEY ("key")
);
INSERT INTO "limit_spending" VALUES(X'6E359FC2062B21A60A9EEFB65963CE595933C049610227D4E3708178BBEB0FFB','2026-11-21 13:28:45.316326',7);
INSERT INTO "limit_spending" VALUES(X'7D5EFB842782D623FA5E4EA7FA70C38CAC297032775915F69C8924BF4D0B8F5F','2026-11-21 13:28:45.316326',2);
INSERT INTO "limit_spending" VALUES(X'AA8032784984547D71E1048BC7FEAFAB4C20AE3DC30DFDA700AAEE5F99FCDFA4','2026-11-21 12:43:45.316326',2);
INSERT INTO "limit_spending" VALUES(X'97E4FE730211966AD85501CAE57E6820738EACF11C22E14C5D4B724F0D08FB1B','2026-11-21 12:33:46.976138',2);
INSERT INTO "limit_spending" VALUES(X'6A2730821B65EC16C357CA6C1CA68C2D0B4C9C771CD8FEAF631B9DE81F651115','2026-11-21 13:28:47.095300',2);
INSERT INTO "limit_spending" VALUES(X'768B1D19B7FEC6108B49EA622EAEF394DB3ACF844CD04BD0003A8F1D85ADDE8F','2026-11-21 12:43:47.095300',2);
INSERT INTO "limit_spending" VALUES(X'7350FDFCBA5CD8D286F14A69C941CEDD9F970FE078C021167A7ECE516B2BF7EC','2026-11-21 12:33:47.132557',2);
INSERT INTO "limit_spending" VALUES(X'B19A2DF4A0541B811BA1D4FEE7657F8A12BB50EE24C1ADB5909FBFE00A82E218','2026-11-21 12:43:47.203156',2);
INSERT INTO "limit_spending" VALUES(X'F687980B0F9FC0CCC733B381AC87AA08E3E752C81C625DD11842D074A4F8E0E6','2026-11-21 13:28:47.203156',2);
INSERT INTO "limit_spending" VALUES(X'8CA01CA48398E922B4CF37A9508024C24FCC7876E985F6F2C080EA43D7554D88','2026-11-21 12:33:47.361848',2);
INSERT INTO "limit_spending" VALUES(X'075307D0CB064B9B2C57CFC19E79F492A1894071BC747B67487B9E031C34101A','2026-11-21 13:28:47.423523',2);
INSERT INTO "limit_spending" VALUES(X'ADC8A691FC776736FADAAA429EF06E22F0770204E0C20AB94E823EEF5C2F55D0','2026-11-21 12:43:47.423523',2);
INSERT INTO "limit_spending" VALUES(X'5984C5F715C855261CF4750739A0D59D04965B876EBD45C9B7F2D120F09C6A6E','2026-11-21 12:33:47.471872',2);
INSERT INTO "limit_spending" VALUES(X'6324AD23E02E970377EA11C626E6848C456C23C4198D8AD1E3866EF850CBF87E','2026-11-21 12:43:47.526384',2);
INSERT INTO "limit_spending" VALUES(X'DA191CC95D96825F64984A0BDDA2923F60B7870523411F0A98302EFE2232FDE3','2026-11-21 13:28:47.526384',2);
INSERT INTO "limit_spending" VALUES(X'5851BE066129F99EC9C6F1A8F1F322F6F29BD563052860A1C936117008D4E909','2026-11-21 12:33:47.587190',2);
INSERT INTO "limit_spending" VALUES(X'2726C08F462719B8133D964C2CCB72591B378B0663EFBE9C6781CB4DA841FFE6','2026-11-21 13:28:48.083035',1);
INSERT INTO "limit_spending" VALUES(X'D4EF51E05B4D593B8BAD783769D65BA3D3935128DAD25F1E2853952A44CCE52A','2026-11-21 12:43:48.083035',1);
INSERT INTO "limit_spending" VALUES(X'C955E06AB19486231E3ABBEB390EADFCA9DFB5E2BDC04B3642659F228F7FDF7F','2026-11-21 12:33:48.177318',1);
INSERT INTO "limit_spending" VALUES(X'A711030D3C288DEC4C793B3593E22B640A3EE7437171D75EC5F90A6D162BE43D','2026-11-21 12:43:48.250963',1);
INSERT INTO "limit_spending" VALUES(X'AB84E7DF6150565B165AEE3C202796DE21BF3C3C238C62B1A01D5A2A84CFF24C','2026-11-21 13:28:48.250963',1);
INSERT INTO "limit_spending" VALUES(X'4E7C1025AD9DE91613676E38900E0502AF24B64FA3E10D82DEF4B1685ABB16A7','2026-11-21 13:28:48.287049',5);
CREATE TABLE link (
	id CHAR(32) NOT NULL, 
	purpose VARCHAR NOT NULL, 
	subject_id CHAR(32) NOT NULL, 
	digest BLOB NOT NULL, 
	lasts_seconds INTEGER NOT NULL, 
	ends_at DATETIME, 
	used_at DATETIME, 
	voided_at DATETIME, asked_by BLOB, reader_id CHAR(32), 
	CONSTRAINT pk_link PRIMARY KEY (id), 
	CONSTRAINT uq_link_digest UNIQUE (digest)
);
INSERT INTO "link" VALUES('01a1fe149db070009a4f50a6e3578126','exchanges.confirm','01a1fe149ae470009a38a1a1eb419c76',X'35559FB565FEAB19C92D6B85E05CEAEF40876C6BD60747B9766CD8B09AD9CCDB',259200,NULL,'2026-11-21 12:28:47.073367',NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fe14a08c7000907b1f40536bc6bf','exchanges.confirm','01a1fe14a0877001a601511a770fa4d4',X'4EFBF48D9553D8E7E8A7E135D4FABEC9C26C2F65E88FD1A713F270756930C55E',259200,NULL,'2026-11-21 12:28:47.164016',NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fe14a16170018fb411e42c627bd9','exchanges.confirm','01a1fe14a1607000b63b4046fff79819',X'FA45139DD284548B0C69CF6DC1B5FC9A26FC68249364266DE851A676BF01B97A',259200,NULL,'2026-11-21 12:28:47.388864',NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fe14a1d8700290afad407d60df1f','exchanges.confirm','01a1fe14a1d8700087fe1f50bdde4b09',X'3E0144BD55CE9B8DBD227C6FD11DCA8D09F438834056BBCBAC92D629DC43A788',259200,NULL,'2026-11-21 12:28:47.504558',NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fe14a2447000aa1c083bfe0ca7a7','exchanges.confirm','01a1fe14a2397000838099ad6a9db2c3',X'92E9B0EE759AA23F1CC10D301073E7A13AC25B24938486DA0F4EBC144326E258',259200,NULL,'2026-11-21 12:28:47.832238',NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fe14a490700282a02351e15362ad','exchanges.confirm','01a1fe14a4907000bf8930538407e6a0',X'127F6E95DFDA5B03341957AA9D81310A306D24D7C500A734E87969D44AC6116C',259200,NULL,'2026-11-21 12:28:48.209818',NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fe14a5077002808d4dd4c6a18596','exchanges.confirm','01a1fe14a5077000bd14c0167642e9e7',X'C6FA2C88E50733EFDA81313A6C40AD550637C04605D45E63B2030B25B81F3ECF',259200,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fe14a53c7000b723bd470679d680','exchanges.confirm','01a1fe14a53b7000ab756bdaeb4e3f12',X'8A2D809D3CCA418469AB5CAD1B028C4FDF898D7413161FFABA3D611378810587',259200,NULL,'2026-11-21 12:28:48.373688',NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fe14a5b370029704ce2ade1cdf03','exchanges.confirm','01a1fe14a5b370008ca47dd9faf1f96a',X'3AA7D5282C19DED643A18A51C76F24C940A3C74769572163CBB969190A2178C9',259200,NULL,'2026-11-21 12:28:48.502479',NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fe14a6377000908185a7ed8f507f','exchanges.confirm','01a1fe14a6367000afe0ac73123b4df1',X'DEEDFB9B15D92618760E119C14EEC71C1561C5F7AC0D27361F5B3B78D54BDAC2',259200,NULL,'2026-11-21 12:28:48.635848',NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fe14a73d7000a42766a67f007522','exchanges.confirm','01a1fe14a73c7000a9ca5fe0d5b8b790',X'231EA0608A8DC46A4AD12B35036519CE9B6E2F1E1C1006B4FB2B17C16884D14F',259200,NULL,'2026-11-21 12:28:49.006113',NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fe14a84170028362c467ea654f39','exchanges.confirm','01a1fe14a8417000b1426456e9351e9e',X'FEBA44C8EAD9EFD8429F139AB0BED0F9F640278F9EA7E2B3BB8A069B131A1436',259200,NULL,'2026-11-21 12:28:49.239110',NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fe14ac1470009e7f8036c8b97bb5','exchanges.ready','01a1fe14a53b7000ab756bdaeb4e3f12',X'770B074BCB9DC6EFCA193023DF9E8632ADFA33983C0C361590B5556CA26FA526',259200,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fe14ac1470018915443e7a077e53','exchanges.ready','01a1fe14a5b370008ca47dd9faf1f96a',X'945875DD702CA05A382A5F672A40FC24CFDEC2F38B43536BFBEE0E47F247FA29',259200,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fe14ac1470029e92d52e3b9c9de7','exchanges.ready','01a1fe14a6367000afe0ac73123b4df1',X'31374462422DB6E17A65036A9FC24D838F5AF98346A034D411D4B886E6BB2570',259200,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fe14ac147003b0eeea08f0a6587c','exchanges.ready','01a1fe14a73c7000a9ca5fe0d5b8b790',X'9F3F9ECBD41A6212822D5951733A2A336FECD5507D5FE7EBD8CE26842C8C5318',259200,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fe14ac147004ac9c23fe37794623','exchanges.ready','01a1fe14a8417000b1426456e9351e9e',X'816686768A210C2D43A18F56FA1DC218A736EC84D4FB8A2501C650F262756FE2',259200,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE live_event (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	topic VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	subject_id CHAR(32), 
	facts JSON NOT NULL, 
	CONSTRAINT pk_live_event PRIMARY KEY (id)
);
INSERT INTO "live_event" VALUES(1,'2026-11-21 12:28:45.449800','exchange/01a1fe14-990b-7000-8062-0185b2af87bc','letter.queued',NULL,'{}');
INSERT INTO "live_event" VALUES(2,'2026-11-21 12:28:47.073367','exchange/01a1fe14-990b-7000-8062-0185b2af87bc','seat.visited','01a1fe149ae470009a38a1a1eb419c76','{}');
INSERT INTO "live_event" VALUES(3,'2026-11-21 12:28:47.106897','exchange/01a1fe14-990b-7000-8062-0185b2af87bc','letter.queued',NULL,'{}');
INSERT INTO "live_event" VALUES(4,'2026-11-21 12:28:47.164016','exchange/01a1fe14-990b-7000-8062-0185b2af87bc','seat.visited','01a1fe14a0877001a601511a770fa4d4','{}');
INSERT INTO "live_event" VALUES(5,'2026-11-21 12:28:47.243407','exchange/01a1fe14-990b-7000-8062-0185b2af87bc','letter.queued',NULL,'{}');
INSERT INTO "live_event" VALUES(6,'2026-11-21 12:28:47.388864','exchange/01a1fe14-990b-7000-8062-0185b2af87bc','seat.visited','01a1fe14a1607000b63b4046fff79819','{}');
INSERT INTO "live_event" VALUES(7,'2026-11-21 12:28:47.432018','exchange/01a1fe14-990b-7000-8062-0185b2af87bc','letter.queued',NULL,'{}');
INSERT INTO "live_event" VALUES(8,'2026-11-21 12:28:47.504558','exchange/01a1fe14-990b-7000-8062-0185b2af87bc','seat.visited','01a1fe14a1d8700087fe1f50bdde4b09','{}');
INSERT INTO "live_event" VALUES(9,'2026-11-21 12:28:47.543442','exchange/01a1fe14-990b-7000-8062-0185b2af87bc','letter.queued',NULL,'{}');
INSERT INTO "live_event" VALUES(10,'2026-11-21 12:28:47.832238','exchange/01a1fe14-990b-7000-8062-0185b2af87bc','seat.visited','01a1fe14a2397000838099ad6a9db2c3','{}');
INSERT INTO "live_event" VALUES(11,'2026-11-21 12:28:48.134277','exchange/01a1fe14-990b-7000-8062-0185b2af87bc','letter.queued',NULL,'{}');
INSERT INTO "live_event" VALUES(12,'2026-11-21 12:28:48.209818','exchange/01a1fe14-990b-7000-8062-0185b2af87bc','seat.visited','01a1fe14a4907000bf8930538407e6a0','{}');
INSERT INTO "live_event" VALUES(13,'2026-11-21 12:28:48.257008','exchange/01a1fe14-990b-7000-8062-0185b2af87bc','letter.queued',NULL,'{}');
INSERT INTO "live_event" VALUES(14,'2026-11-21 12:28:48.310432','exchange/01a1fe14-a510-7000-84f5-46c98f0a4bc3','letter.queued',NULL,'{}');
INSERT INTO "live_event" VALUES(15,'2026-11-21 12:28:48.373688','exchange/01a1fe14-a510-7000-84f5-46c98f0a4bc3','seat.visited','01a1fe14a53b7000ab756bdaeb4e3f12','{}');
INSERT INTO "live_event" VALUES(16,'2026-11-21 12:28:48.421722','exchange/01a1fe14-a510-7000-84f5-46c98f0a4bc3','letter.queued',NULL,'{}');
INSERT INTO "live_event" VALUES(17,'2026-11-21 12:28:48.502479','exchange/01a1fe14-a510-7000-84f5-46c98f0a4bc3','seat.visited','01a1fe14a5b370008ca47dd9faf1f96a','{}');
INSERT INTO "live_event" VALUES(18,'2026-11-21 12:28:48.548151','exchange/01a1fe14-a510-7000-84f5-46c98f0a4bc3','letter.queued',NULL,'{}');
INSERT INTO "live_event" VALUES(19,'2026-11-21 12:28:48.635848','exchange/01a1fe14-a510-7000-84f5-46c98f0a4bc3','seat.visited','01a1fe14a6367000afe0ac73123b4df1','{}');
INSERT INTO "live_event" VALUES(20,'2026-11-21 12:28:48.704351','exchange/01a1fe14-a510-7000-84f5-46c98f0a4bc3','letter.queued',NULL,'{}');
INSERT INTO "live_event" VALUES(21,'2026-11-21 12:28:49.006113','exchange/01a1fe14-a510-7000-84f5-46c98f0a4bc3','seat.visited','01a1fe14a73c7000a9ca5fe0d5b8b790','{}');
INSERT INTO "live_event" VALUES(22,'2026-11-21 12:28:49.087131','exchange/01a1fe14-a510-7000-84f5-46c98f0a4bc3','letter.queued',NULL,'{}');
INSERT INTO "live_event" VALUES(23,'2026-11-21 12:28:49.239110','exchange/01a1fe14-a510-7000-84f5-46c98f0a4bc3','seat.visited','01a1fe14a8417000b1426456e9351e9e','{}');
INSERT INTO "live_event" VALUES(24,'2026-11-21 12:28:49.707987','exchange/01a1fe14-a510-7000-84f5-46c98f0a4bc3','letter.queued',NULL,'{}');
CREATE TABLE master_key (
	generation INTEGER NOT NULL, 
	key_id BLOB NOT NULL, 
	since_at DATETIME NOT NULL, 
	CONSTRAINT pk_master_key PRIMARY KEY (generation)
);
INSERT INTO "master_key" VALUES(1,X'55DD2F2E','2026-11-21 12:28:44.630905');
CREATE TABLE outbox_letter (
	id CHAR(32) NOT NULL, 
	once VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	"to" VARCHAR NOT NULL, 
	person_id CHAR(32), 
	fields JSON NOT NULL, 
	message_id VARCHAR NOT NULL, 
	generation INTEGER NOT NULL, 
	queued_at DATETIME NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	due_at DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	doubts INTEGER NOT NULL, 
	fence INTEGER NOT NULL, 
	leased_by VARCHAR, 
	leased_until DATETIME, 
	sent_at DATETIME, 
	carrier VARCHAR, 
	provider_id VARCHAR, 
	last_error VARCHAR, about_id CHAR(32), 
	CONSTRAINT pk_outbox_letter PRIMARY KEY (id), 
	CONSTRAINT uq_outbox_letter_once UNIQUE (once), 
	CONSTRAINT ck_outbox_letter_sending CHECK (state IN ('queued', 'leased', 'handing', 'sent', 'retry', 'failed', 'uncertain', 'overtaken'))
);
INSERT INTO "outbox_letter" VALUES('01a1fe149db070009a4f50a6e3578126','exchanges.confirm_joining/01a1fe14-9ae4-7001-9073-cad3f9c80306/olga@demo.example.org/1','exchanges.confirm_joining','olga@demo.example.org','01a1fe1498c77000aecb7f9161097fb9','{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fe14-9ae4-7000-9a38-a1a1eb419c76", "exchange_id": "01a1fe14-990b-7000-8062-0185b2af87bc", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}','<01a1fe14-9db0-7000-9a4f-50a6e3578126@localhost>',1,'2026-11-21 12:28:45.449800','queued','2026-11-21 12:28:45.449800',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'01a1fe149ae470009a38a1a1eb419c76');
INSERT INTO "outbox_letter" VALUES('01a1fe14a08c7000907b1f40536bc6bf','exchanges.confirm_joining/01a1fe14-a088-7000-9e80-5a07c97555f1/bjarne@demo.example.org/1','exchanges.confirm_joining','bjarne@demo.example.org','01a1fe14a087700091b2626d59f72178','{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fe14-a087-7001-a601-511a770fa4d4", "exchange_id": "01a1fe14-990b-7000-8062-0185b2af87bc", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}','<01a1fe14-a08c-7000-907b-1f40536bc6bf@localhost>',1,'2026-11-21 12:28:47.106897','queued','2026-11-21 12:28:47.106897',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'01a1fe14a0877001a601511a770fa4d4');
INSERT INTO "outbox_letter" VALUES('01a1fe14a16170018fb411e42c627bd9','exchanges.confirm_joining/01a1fe14-a161-7000-80ea-7850befe25c6/ida@demo.example.org/1','exchanges.confirm_joining','ida@demo.example.org','01a1fe14a11d70009bb4ee1a30e10672','{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fe14-a160-7000-b63b-4046fff79819", "exchange_id": "01a1fe14-990b-7000-8062-0185b2af87bc", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}','<01a1fe14-a161-7001-8fb4-11e42c627bd9@localhost>',1,'2026-11-21 12:28:47.243407','queued','2026-11-21 12:28:47.243407',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'01a1fe14a1607000b63b4046fff79819');
INSERT INTO "outbox_letter" VALUES('01a1fe14a1d8700290afad407d60df1f','exchanges.confirm_joining/01a1fe14-a1d8-7001-a1f2-73c51b3357dc/frederik@demo.example.org/1','exchanges.confirm_joining','frederik@demo.example.org','01a1fe14a1d67000ba51d5be18458856','{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fe14-a1d8-7000-87fe-1f50bdde4b09", "exchange_id": "01a1fe14-990b-7000-8062-0185b2af87bc", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}','<01a1fe14-a1d8-7002-90af-ad407d60df1f@localhost>',1,'2026-11-21 12:28:47.432018','queued','2026-11-21 12:28:47.432018',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'01a1fe14a1d8700087fe1f50bdde4b09');
INSERT INTO "outbox_letter" VALUES('01a1fe14a2447000aa1c083bfe0ca7a7','exchanges.confirm_joining/01a1fe14-a239-7001-9972-9a52017a5073/nora@demo.example.org/1','exchanges.confirm_joining','nora@demo.example.org','01a1fe14a238700093827aa6abc03ef8','{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fe14-a239-7000-8380-99ad6a9db2c3", "exchange_id": "01a1fe14-990b-7000-8062-0185b2af87bc", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}','<01a1fe14-a244-7000-aa1c-083bfe0ca7a7@localhost>',1,'2026-11-21 12:28:47.543442','queued','2026-11-21 12:28:47.543442',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'01a1fe14a2397000838099ad6a9db2c3');
INSERT INTO "outbox_letter" VALUES('01a1fe14a490700282a02351e15362ad','exchanges.confirm_joining/01a1fe14-a490-7001-a851-7e194176bafc/emil@demo.example.org/1','exchanges.confirm_joining','emil@demo.example.org','01a1fe14a48f7000aae380e05d296fde','{"to": "emil@demo.example.org", "language": "en", "name": "Emil", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fe14-a490-7000-bf89-30538407e6a0", "exchange_id": "01a1fe14-990b-7000-8062-0185b2af87bc", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}','<01a1fe14-a490-7002-82a0-2351e15362ad@localhost>',1,'2026-11-21 12:28:48.134277','queued','2026-11-21 12:28:48.134277',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'01a1fe14a4907000bf8930538407e6a0');
INSERT INTO "outbox_letter" VALUES('01a1fe14a5077002808d4dd4c6a18596','exchanges.confirm_joining/01a1fe14-a507-7001-bdb1-4182bd830922/astrid@demo.example.org/1','exchanges.confirm_joining','astrid@demo.example.org','01a1fe14a50670008531eb715b3a3295','{"to": "astrid@demo.example.org", "language": "en", "name": "Astrid", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fe14-a507-7000-bd14-c0167642e9e7", "exchange_id": "01a1fe14-990b-7000-8062-0185b2af87bc", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}','<01a1fe14-a507-7002-808d-4dd4c6a18596@localhost>',1,'2026-11-21 12:28:48.257008','queued','2026-11-21 12:28:48.257008',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'01a1fe14a5077000bd14c0167642e9e7');
INSERT INTO "outbox_letter" VALUES('01a1fe14a53c7000b723bd470679d680','exchanges.confirm_joining/01a1fe14-a53b-7001-836c-07ac6bddde29/olga@demo.example.org/1','exchanges.confirm_joining','olga@demo.example.org','01a1fe1498c77000aecb7f9161097fb9','{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fe14-a53b-7000-ab75-6bdaeb4e3f12", "exchange_id": "01a1fe14-a510-7000-84f5-46c98f0a4bc3", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}','<01a1fe14-a53c-7000-b723-bd470679d680@localhost>',1,'2026-11-21 12:28:48.310432','queued','2026-11-21 12:28:48.310432',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'01a1fe14a53b7000ab756bdaeb4e3f12');
INSERT INTO "outbox_letter" VALUES('01a1fe14a5b370029704ce2ade1cdf03','exchanges.confirm_joining/01a1fe14-a5b3-7001-b67e-7379295f95af/bjarne@demo.example.org/1','exchanges.confirm_joining','bjarne@demo.example.org','01a1fe14a087700091b2626d59f72178','{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fe14-a5b3-7000-8ca4-7dd9faf1f96a", "exchange_id": "01a1fe14-a510-7000-84f5-46c98f0a4bc3", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}','<01a1fe14-a5b3-7002-9704-ce2ade1cdf03@localhost>',1,'2026-11-21 12:28:48.421722','queued','2026-11-21 12:28:48.421722',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'01a1fe14a5b370008ca47dd9faf1f96a');
INSERT INTO "outbox_letter" VALUES('01a1fe14a6377000908185a7ed8f507f','exchanges.confirm_joining/01a1fe14-a636-7001-9014-24523281c419/ida@demo.example.org/1','exchanges.confirm_joining','ida@demo.example.org','01a1fe14a11d70009bb4ee1a30e10672','{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fe14-a636-7000-afe0-ac73123b4df1", "exchange_id": "01a1fe14-a510-7000-84f5-46c98f0a4bc3", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}','<01a1fe14-a637-7000-9081-85a7ed8f507f@localhost>',1,'2026-11-21 12:28:48.548151','queued','2026-11-21 12:28:48.548151',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'01a1fe14a6367000afe0ac73123b4df1');
INSERT INTO "outbox_letter" VALUES('01a1fe14a73d7000a42766a67f007522','exchanges.confirm_joining/01a1fe14-a73c-7001-b868-4af1e9c5de29/frederik@demo.example.org/1','exchanges.confirm_joining','frederik@demo.example.org','01a1fe14a1d67000ba51d5be18458856','{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fe14-a73c-7000-a9ca-5fe0d5b8b790", "exchange_id": "01a1fe14-a510-7000-84f5-46c98f0a4bc3", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}','<01a1fe14-a73d-7000-a427-66a67f007522@localhost>',1,'2026-11-21 12:28:48.704351','queued','2026-11-21 12:28:48.704351',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'01a1fe14a73c7000a9ca5fe0d5b8b790');
INSERT INTO "outbox_letter" VALUES('01a1fe14a84170028362c467ea654f39','exchanges.confirm_joining/01a1fe14-a841-7001-8a2b-4bccf01eed28/nora@demo.example.org/1','exchanges.confirm_joining','nora@demo.example.org','01a1fe14a238700093827aa6abc03ef8','{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fe14-a841-7000-b142-6456e9351e9e", "exchange_id": "01a1fe14-a510-7000-84f5-46c98f0a4bc3", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}','<01a1fe14-a841-7002-8362-c467ea654f39@localhost>',1,'2026-11-21 12:28:49.087131','queued','2026-11-21 12:28:49.087131',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'01a1fe14a8417000b1426456e9351e9e');
INSERT INTO "outbox_letter" VALUES('01a1fe14ac1470009e7f8036c8b97bb5','exchanges.match_ready/01a1fe14-a53b-7000-ab75-6bdaeb4e3f12/olga@demo.example.org/1','exchanges.match_ready','olga@demo.example.org','01a1fe1498c77000aecb7f9161097fb9','{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fe14-a53b-7000-ab75-6bdaeb4e3f12", "exchange_id": "01a1fe14-a510-7000-84f5-46c98f0a4bc3", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "pvpybnmqwzr5", "names": false}','<01a1fe14-ac14-7000-9e7f-8036c8b97bb5@localhost>',1,'2026-11-21 12:28:49.707987','queued','2026-11-21 12:28:49.707987',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'01a1fe14a53b7000ab756bdaeb4e3f12');
INSERT INTO "outbox_letter" VALUES('01a1fe14ac1470018915443e7a077e53','exchanges.match_ready/01a1fe14-a5b3-7000-8ca4-7dd9faf1f96a/bjarne@demo.example.org/1','exchanges.match_ready','bjarne@demo.example.org','01a1fe14a087700091b2626d59f72178','{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fe14-a5b3-7000-8ca4-7dd9faf1f96a", "exchange_id": "01a1fe14-a510-7000-84f5-46c98f0a4bc3", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "pvpybnmqwzr5", "names": false}','<01a1fe14-ac14-7001-8915-443e7a077e53@localhost>',1,'2026-11-21 12:28:49.707987','queued','2026-11-21 12:28:49.707987',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'01a1fe14a5b370008ca47dd9faf1f96a');
INSERT INTO "outbox_letter" VALUES('01a1fe14ac1470029e92d52e3b9c9de7','exchanges.match_ready/01a1fe14-a636-7000-afe0-ac73123b4df1/ida@demo.example.org/1','exchanges.match_ready','ida@demo.example.org','01a1fe14a11d70009bb4ee1a30e10672','{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fe14-a636-7000-afe0-ac73123b4df1", "exchange_id": "01a1fe14-a510-7000-84f5-46c98f0a4bc3", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "pvpybnmqwzr5", "names": false}','<01a1fe14-ac14-7002-9e92-d52e3b9c9de7@localhost>',1,'2026-11-21 12:28:49.707987','queued','2026-11-21 12:28:49.707987',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'01a1fe14a6367000afe0ac73123b4df1');
INSERT INTO "outbox_letter" VALUES('01a1fe14ac147003b0eeea08f0a6587c','exchanges.match_ready/01a1fe14-a73c-7000-a9ca-5fe0d5b8b790/frederik@demo.example.org/1','exchanges.match_ready','frederik@demo.example.org','01a1fe14a1d67000ba51d5be18458856','{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fe14-a73c-7000-a9ca-5fe0d5b8b790", "exchange_id": "01a1fe14-a510-7000-84f5-46c98f0a4bc3", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "pvpybnmqwzr5", "names": false}','<01a1fe14-ac14-7003-b0ee-ea08f0a6587c@localhost>',1,'2026-11-21 12:28:49.707987','queued','2026-11-21 12:28:49.707987',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'01a1fe14a73c7000a9ca5fe0d5b8b790');
INSERT INTO "outbox_letter" VALUES('01a1fe14ac147004ac9c23fe37794623','exchanges.match_ready/01a1fe14-a841-7000-b142-6456e9351e9e/nora@demo.example.org/1','exchanges.match_ready','nora@demo.example.org','01a1fe14a238700093827aa6abc03ef8','{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fe14-a841-7000-b142-6456e9351e9e", "exchange_id": "01a1fe14-a510-7000-84f5-46c98f0a4bc3", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "pvpybnmqwzr5", "names": false}','<01a1fe14-ac14-7004-ac9c-23fe37794623@localhost>',1,'2026-11-21 12:28:49.707987','queued','2026-11-21 12:28:49.707987',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'01a1fe14a8417000b1426456e9351e9e');
CREATE TABLE person (
	id CHAR(32) NOT NULL, 
	circle_id CHAR(32) NOT NULL, 
	name VARCHAR NOT NULL, 
	email VARCHAR, 
	language VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	confirmed_at DATETIME, 
	CONSTRAINT pk_person PRIMARY KEY (id), 
	CONSTRAINT ck_person_email_in_lower_case CHECK (email = lower(email)), 
	CONSTRAINT fk_person_circle_id_circle FOREIGN KEY(circle_id) REFERENCES circle (id) ON DELETE CASCADE, 
	CONSTRAINT uq_person_circle_id_email UNIQUE (circle_id, email)
);
INSERT INTO "person" VALUES('01a1fe1498c77000aecb7f9161097fb9','01a1fe1498a47000900313be2757b3be','Olga','olga@demo.example.org','en','2026-11-21 12:28:45.091212','2026-11-21 12:28:47.073367');
INSERT INTO "person" VALUES('01a1fe14a087700091b2626d59f72178','01a1fe1498a47000900313be2757b3be','Bjarne','bjarne@demo.example.org','en','2026-11-21 12:28:47.106897','2026-11-21 12:28:47.164016');
INSERT INTO "person" VALUES('01a1fe14a11d70009bb4ee1a30e10672','01a1fe1498a47000900313be2757b3be','Ida','ida@demo.example.org','en','2026-11-21 12:28:47.243407','2026-11-21 12:28:47.388864');
INSERT INTO "person" VALUES('01a1fe14a1d67000ba51d5be18458856','01a1fe1498a47000900313be2757b3be','Frederik','frederik@demo.example.org','en','2026-11-21 12:28:47.432018','2026-11-21 12:28:47.504558');
INSERT INTO "person" VALUES('01a1fe14a238700093827aa6abc03ef8','01a1fe1498a47000900313be2757b3be','Nora','nora@demo.example.org','en','2026-11-21 12:28:47.543442','2026-11-21 12:28:47.832238');
INSERT INTO "person" VALUES('01a1fe14a48f7000aae380e05d296fde','01a1fe1498a47000900313be2757b3be','Emil','emil@demo.example.org','en','2026-11-21 12:28:48.134277','2026-11-21 12:28:48.209818');
INSERT INTO "person" VALUES('01a1fe14a50670008531eb715b3a3295','01a1fe1498a47000900313be2757b3be','Astrid','astrid@demo.example.org','en','2026-11-21 12:28:48.257008',NULL);
CREATE TABLE sweep_slot (
	name VARCHAR NOT NULL, 
	slot DATETIME NOT NULL, 
	leased_until DATETIME NOT NULL, 
	finished_at DATETIME, 
	CONSTRAINT pk_sweep_slot PRIMARY KEY (name, slot)
);
CREATE TABLE web_session (
	id CHAR(32) NOT NULL, 
	digest BLOB NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	account_id CHAR(32), 
	created_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	idle_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	CONSTRAINT pk_web_session PRIMARY KEY (id), 
	CONSTRAINT fk_web_session_account_id_account FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_web_session_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT uq_web_session_digest UNIQUE (digest)
);
INSERT INTO "web_session" VALUES('01a1fe14a070700096d564a9e745018e',X'CD7B455DEDE2235B0873A9CA4F04F3F832D9792AE491A1C800292AEB2DD3A9A7','01a1fe1498c77000aecb7f9161097fb9',NULL,'2026-11-21 12:28:47.073367','2026-11-21 12:28:47.073367','2026-11-21 12:28:48.073367','2026-11-21 12:28:48.073367');
INSERT INTO "web_session" VALUES('01a1fe14a0c57000b18eb6d7d9d2b903',X'E1757805CFE1EE79ED27850343D0546F2AA11C5C414FC2169928803EC014D804','01a1fe14a087700091b2626d59f72178',NULL,'2026-11-21 12:28:47.164016','2026-11-21 12:28:47.164016','2026-11-21 12:28:48.164016','2026-11-21 12:28:48.164016');
INSERT INTO "web_session" VALUES('01a1fe14a1ac700099d0febae4a2c83b',X'A93D697C95560E47CA425AE3D0D621ABE6D65D96F52CF65B9094A0EFE3EFFE9D','01a1fe14a11d70009bb4ee1a30e10672',NULL,'2026-11-21 12:28:47.388864','2026-11-21 12:28:47.388864','2026-11-21 12:28:48.388864','2026-11-21 12:28:48.388864');
INSERT INTO "web_session" VALUES('01a1fe14a21c7000aa77873d91956928',X'AC69740CA7EF854AECFB16DE43E0FD564B82085E7FC9929ECAA68E1142C21C81','01a1fe14a1d67000ba51d5be18458856',NULL,'2026-11-21 12:28:47.504558','2026-11-21 12:28:47.504558','2026-11-21 12:28:48.504558','2026-11-21 12:28:48.504558');
INSERT INTO "web_session" VALUES('01a1fe14a43c700090a6a8df9979704e',X'65D3580984E584644B9D4E380203B910D69A07CF26C228312A2B70C4B298C93D','01a1fe14a238700093827aa6abc03ef8',NULL,'2026-11-21 12:28:47.832238','2026-11-21 12:28:47.832238','2026-11-21 12:28:48.832238','2026-11-21 12:28:48.832238');
INSERT INTO "web_session" VALUES('01a1fe14a4e67000a50a905ef0bb2c49',X'22FEE4B4421BA408DACDADE6E77355AFEAF35DF073D5013D35B4B53092EE633F','01a1fe14a48f7000aae380e05d296fde',NULL,'2026-11-21 12:28:48.209818','2026-11-21 12:28:48.209818','2026-11-21 12:28:49.209818','2026-11-21 12:28:49.209818');
INSERT INTO "web_session" VALUES('01a1fe14a5857000902d9dd170e91cf3',X'E5481862A0D576757D3B48DA72491CB1C393ADC3297E8B2F3A0225D2B9F7145A','01a1fe1498c77000aecb7f9161097fb9',NULL,'2026-11-21 12:28:48.373688','2026-11-21 12:28:48.373688','2026-11-21 12:28:49.373688','2026-11-21 12:28:49.373688');
INSERT INTO "web_session" VALUES('01a1fe14a608700097f1efb4e27c7857',X'F1A31CC29A76E42C17BB7EDB8AB0D24FDAF51585B878A588B3FA5770C44DC515','01a1fe14a087700091b2626d59f72178',NULL,'2026-11-21 12:28:48.502479','2026-11-21 12:28:48.502479','2026-11-21 12:28:49.502479','2026-11-21 12:28:49.502479');
INSERT INTO "web_session" VALUES('01a1fe14a693700085d580a0589f4b67',X'339BF869BD2CAB8BD7FE235DCEB946661B9C0B208535C2163AC4F21A8D4DC5BC','01a1fe14a11d70009bb4ee1a30e10672',NULL,'2026-11-21 12:28:48.635848','2026-11-21 12:28:48.635848','2026-11-21 12:28:49.635848','2026-11-21 12:28:49.635848');
INSERT INTO "web_session" VALUES('01a1fe14a8057000acfdc0971a195efa',X'7975974E6CEC0C4687148AFEA9D05D7AA25B177CC577E1FA3BC117DA4B42179F','01a1fe14a1d67000ba51d5be18458856',NULL,'2026-11-21 12:28:49.006113','2026-11-21 12:28:49.006113','2026-11-21 12:28:50.006113','2026-11-21 12:28:50.006113');
INSERT INTO "web_session" VALUES('01a1fe14a8d97000a5cec2202a3de31d',X'E60B273935E2960F1C56C49ABE6997837384BA67F54372DFC299D00FDD06CF89','01a1fe14a238700093827aa6abc03ef8',NULL,'2026-11-21 12:28:49.239110','2026-11-21 12:28:49.239110','2026-11-21 12:28:50.239110','2026-11-21 12:28:50.239110');
CREATE INDEX ix_audit_entry_actor_id ON audit_entry (actor_id);
CREATE INDEX ix_audit_entry_at ON audit_entry (at);
CREATE INDEX ix_audit_entry_subject_id_at ON audit_entry (subject_id, at);
CREATE INDEX ix_errand_state_due_at ON errand (state, due_at);
CREATE INDEX ix_limit_spending_ends_at ON limit_spending (ends_at);
CREATE INDEX ix_link_ends_at ON link (ends_at);
CREATE INDEX ix_link_subject_id ON link (subject_id);
CREATE INDEX ix_outbox_letter_person_id ON outbox_letter (person_id);
CREATE INDEX ix_outbox_letter_queued_at_id ON outbox_letter (queued_at, id);
CREATE INDEX ix_outbox_letter_state_due_at ON outbox_letter (state, due_at);
CREATE INDEX ix_outbox_letter_to ON outbox_letter ("to");
CREATE INDEX ix_household_circle_id ON household (circle_id);
CREATE INDEX ix_person_email ON person (email);
CREATE INDEX ix_guardian_guardian_id ON guardian (guardian_id);
CREATE INDEX ix_household_member_person_id ON household_member (person_id);
CREATE INDEX ix_access_token_account_id_created_at ON access_token (account_id, created_at);
CREATE INDEX ix_access_token_ends_at ON access_token (ends_at);
CREATE INDEX ix_exchange_household_rule_household_id ON exchange_household_rule (household_id);
CREATE INDEX ix_exchange_participant_person_id ON exchange_participant (person_id);
CREATE INDEX ix_web_session_account_id ON web_session (account_id);
CREATE INDEX ix_web_session_idle_at ON web_session (idle_at);
CREATE INDEX ix_web_session_person_id ON web_session (person_id);
CREATE INDEX ix_exchange_assignment_giver_id ON exchange_assignment (giver_id);
CREATE INDEX ix_exchange_pair_rule_exchange_id ON exchange_pair_rule (exchange_id);
CREATE INDEX ix_exchange_pair_rule_receiver_id ON exchange_pair_rule (receiver_id);
CREATE INDEX ix_exchange_organiser_person_id ON exchange_organiser (person_id);
CREATE INDEX ix_live_event_at ON live_event (at);
CREATE INDEX ix_live_event_topic_id ON live_event (topic, id);
CREATE INDEX ix_outbox_letter_about_id ON outbox_letter (about_id);
CREATE INDEX ix_exchange_series_id ON exchange (series_id);
CREATE INDEX ix_exchange_circle_id ON exchange (circle_id);
CREATE INDEX ix_exchange_state_closes_on ON exchange (state, closes_on);
CREATE INDEX ix_exchange_gifts_on ON exchange (gifts_on);
CREATE INDEX ix_exchange_draw_changed_for_id ON exchange_draw (changed_for_id);
CREATE INDEX ix_exchange_participant_unconfirmed ON exchange_participant (exchange_id) WHERE confirmed_at IS NULL;
CREATE INDEX ix_exchange_reveal_exchange_id ON exchange_reveal (exchange_id);
CREATE INDEX ix_exchange_reveal_giver_id ON exchange_reveal (giver_id);
CREATE INDEX ix_link_asked_by ON link (asked_by);
CREATE INDEX ix_link_reader_id ON link (reader_id);
CREATE INDEX ix_exchange_wish_participant_id ON exchange_wish (participant_id);
COMMIT;
