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
INSERT INTO "account" VALUES('01a1fcb2248070008d521d798cb26471','01a1fcb2247e700098e09c95a071267c','olga@demo.example.org','$argon2id$v=19$m=19456,t=2,p=1$lE34rR5nfjAqo5Vu1bDdYA$EX1suXtRVGECg/Z+8t+zuCLfFs4aJ70FaCYaBHd3pVs',1,0,'2026-11-21 06:01:35.610470');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
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
INSERT INTO "audit_entry" VALUES(1,'2026-11-21 06:01:35.610470',NULL,'Kinkeeper','account.administrator_created','01a1fcb2248070008d521d798cb26471','{}');
INSERT INTO "audit_entry" VALUES(2,'2026-11-21 06:01:35.627830','01a1fcb2248070008d521d798cb26471','Olga','exchange.begun','01a1fcb2248b700086fc470ac91a71e3','{}');
INSERT INTO "audit_entry" VALUES(3,'2026-11-21 06:01:35.888654','01a1fcb2248070008d521d798cb26471','Olga','exchange.begun','01a1fcb22590700085d2b49a69f8d15a','{}');
INSERT INTO "audit_entry" VALUES(4,'2026-11-21 06:01:35.977765','01a1fcb2248070008d521d798cb26471','Olga','exchange.household_ruled_out','01a1fcb22590700085d2b49a69f8d15a','{"people": 2}');
INSERT INTO "audit_entry" VALUES(5,'2026-11-21 06:01:35.981023','01a1fcb2248070008d521d798cb26471','Olga','exchange.closed','01a1fcb22590700085d2b49a69f8d15a','{}');
INSERT INTO "audit_entry" VALUES(6,'2026-11-21 06:01:35.985653','01a1fcb2248070008d521d798cb26471','Olga','exchange.names_drawn','01a1fcb22590700085d2b49a69f8d15a','{"people": 5}');
CREATE TABLE circle (
	id CHAR(32) NOT NULL, 
	name VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	zone VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_circle PRIMARY KEY (id)
);
INSERT INTO "circle" VALUES('01a1fcb2247b7000837bdfea1c5ccf7d','The Olsens','en','Europe/London','2026-11-21 06:01:35.610470');
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
CREATE TABLE exchange (
	id CHAR(32) NOT NULL, 
	circle_id CHAR(32) NOT NULL, 
	organiser_id CHAR(32) NOT NULL, 
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
	CONSTRAINT pk_exchange PRIMARY KEY (id), 
	CONSTRAINT ck_exchange_drawn_when_drawn CHECK ((state = 'drawn') = (drawn_at IS NOT NULL)), 
	CONSTRAINT ck_exchange_closes_before_gifts CHECK (closes_on <= gifts_on), 
	CONSTRAINT ck_exchange_three_or_more CHECK (most_people >= 3), 
	CONSTRAINT fk_exchange_circle_id_circle FOREIGN KEY(circle_id) REFERENCES circle (id) ON DELETE CASCADE, 
	CONSTRAINT fk_exchange_organiser_id_person FOREIGN KEY(organiser_id) REFERENCES person (id), 
	CONSTRAINT uq_exchange_slug UNIQUE (slug), 
	CONSTRAINT ck_exchange_exchangestate CHECK (state IN ('open', 'closed', 'drawn'))
);
INSERT INTO "exchange" VALUES('01a1fcb2248b700086fc470ac91a71e3','01a1fcb2247b7000837bdfea1c5ccf7d','01a1fcb2247e700098e09c95a071267c','nyy83d8qj369','Christmas at the Olsens','Home-made is welcome. Nobody needs another mug.','around £20',NULL,'2026-12-11','2026-12-21','Europe/London','open','2026-11-21 06:01:35.627830',NULL);
INSERT INTO "exchange" VALUES('01a1fcb22590700085d2b49a69f8d15a','01a1fcb2247b7000837bdfea1c5ccf7d','01a1fcb2247e700098e09c95a071267c','3cmgk7sw9sz2','Midsummer surprise','Home-made is welcome. Nobody needs another mug.','around £20',NULL,'2027-01-10','2027-01-20','Europe/London','drawn','2026-11-21 06:01:35.888654','2026-11-21 06:01:35.985653');
CREATE TABLE exchange_assignment (
	draw_id CHAR(32) NOT NULL, 
	giver_id CHAR(32) NOT NULL, 
	receiver_sealed BLOB NOT NULL, 
	receiver_mark BLOB NOT NULL, 
	CONSTRAINT pk_exchange_assignment PRIMARY KEY (draw_id, giver_id), 
	CONSTRAINT fk_exchange_assignment_draw_id_exchange_draw FOREIGN KEY(draw_id) REFERENCES exchange_draw (id) ON DELETE CASCADE, 
	CONSTRAINT fk_exchange_assignment_giver_id_exchange_participant FOREIGN KEY(giver_id) REFERENCES exchange_participant (id) ON DELETE CASCADE, 
	CONSTRAINT uq_exchange_assignment_draw_id_receiver_mark UNIQUE (draw_id, receiver_mark)
);
INSERT INTO "exchange_assignment" VALUES('01a1fcb225f1700098f09ea3c5335d97','01a1fcb225967001b146c53c5baa4a66',X'0155DD2F2E5B556DBE352DF32730EDDA6302AD354257B4253EE18B1851F116295BF95AC93028D03030149318322FC05B6E',X'73F2F501E4B307337E7D32D7C95C35C530B7C337BF6BA1436E60E998B70A14FD');
INSERT INTO "exchange_assignment" VALUES('01a1fcb225f1700098f09ea3c5335d97','01a1fcb225a870008a4fc18aaeea3702',X'0155DD2F2E8CCC6D19F27B6DAFDD6C42508A1848130E61E3E94B1DBA84DDB84EB8A5DB03831536083083F488E8A3B0B1EE',X'6532981963E054C24799EF3043F627501E0605BA48C84F76088B0018B76D5DB9');
INSERT INTO "exchange_assignment" VALUES('01a1fcb225f1700098f09ea3c5335d97','01a1fcb225bc7000bfabf08943737999',X'0155DD2F2ECFDAD989AA40916AD95DC86016957C4746E2B14C809AC7835495D150856B8E0FE323B3AD6F4E0995559077C3',X'57115861E4D6EC45BFD3972E7FDDFD40744B9C1B353E82AB439B7118546649AD');
INSERT INTO "exchange_assignment" VALUES('01a1fcb225f1700098f09ea3c5335d97','01a1fcb225cb70009e6301767460f5f5',X'0155DD2F2E8B0DD6950EEDF894E98BA3604BFC85953B7205643B4D2E29370950BA50CE50CDA1801B45168D372748085874',X'235CF99E7E654715DD993A99A6C69ED40142CE6AF06C9516F20409DE9A0A4987');
INSERT INTO "exchange_assignment" VALUES('01a1fcb225f1700098f09ea3c5335d97','01a1fcb225da700090a7cc441a47a6b1',X'0155DD2F2EFB5BFFDF98527A7FEA16386B3FE9A3BE2F673F25833F3097EB60C68FC6082A6755533FEDFF4F13A046474132',X'58DB59B066DC2BEF5D79CD2D16191DE902BABA0A19F79E7E64CAD5F87A62D80C');
CREATE TABLE exchange_draw (
	id CHAR(32) NOT NULL, 
	exchange_id CHAR(32) NOT NULL, 
	version INTEGER NOT NULL, 
	drawn_at DATETIME NOT NULL, 
	quality VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_exchange_draw PRIMARY KEY (id), 
	CONSTRAINT fk_exchange_draw_exchange_id_exchange FOREIGN KEY(exchange_id) REFERENCES exchange (id) ON DELETE CASCADE, 
	CONSTRAINT uq_exchange_draw_exchange_id_version UNIQUE (exchange_id, version), 
	CONSTRAINT ck_exchange_draw_quality CHECK (quality IN ('exact', 'mixed', 'capped'))
);
INSERT INTO "exchange_draw" VALUES('01a1fcb225f1700098f09ea3c5335d97','01a1fcb22590700085d2b49a69f8d15a',1,'2026-11-21 06:01:35.985653','exact');
CREATE TABLE exchange_household_rule (
	exchange_id CHAR(32) NOT NULL, 
	household_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_exchange_household_rule PRIMARY KEY (exchange_id, household_id), 
	CONSTRAINT fk_exchange_household_rule_exchange_id_exchange FOREIGN KEY(exchange_id) REFERENCES exchange (id) ON DELETE CASCADE, 
	CONSTRAINT fk_exchange_household_rule_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) ON DELETE CASCADE
);
INSERT INTO "exchange_household_rule" VALUES('01a1fcb22590700085d2b49a69f8d15a','01a1fcb225e97000a53624411c73755e');
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
	confirmed_at DATETIME, 
	CONSTRAINT pk_exchange_participant PRIMARY KEY (id), 
	CONSTRAINT fk_exchange_participant_exchange_id_exchange FOREIGN KEY(exchange_id) REFERENCES exchange (id) ON DELETE CASCADE, 
	CONSTRAINT fk_exchange_participant_person_id_person FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT uq_exchange_participant_exchange_id_person_id UNIQUE (exchange_id, person_id)
);
INSERT INTO "exchange_participant" VALUES('01a1fcb2249670009001237e7cf3f300','01a1fcb2248b700086fc470ac91a71e3','01a1fcb2247e700098e09c95a071267c','Olga','Thick socks. And time for tea.','en',X'100BF300A816A26360C320E7E793A125','2026-11-21 06:01:35.637250','2026-11-21 06:01:35.796683');
INSERT INTO "exchange_participant" VALUES('01a1fcb2254470009eb9df8eac47d25d','01a1fcb2248b700086fc470ac91a71e3','01a1fcb225437000a1bacd1848d1ffd1','Bjarne','A new kite, or a book about boats.','en',X'867D17365D91D225DDC8E48FC1A4F868','2026-11-21 06:01:35.811071','2026-11-21 06:01:35.822211');
INSERT INTO "exchange_participant" VALUES('01a1fcb2255570009d085aabd372dbad','01a1fcb2248b700086fc470ac91a71e3','01a1fcb22554700080d4806bd0b25575','Ida','Watercolours','en',X'85FF072740C5942E23DF5124B3263B58','2026-11-21 06:01:35.828357','2026-11-21 06:01:35.837042');
INSERT INTO "exchange_participant" VALUES('01a1fcb225637000acc2a5908cc25f2c','01a1fcb2248b700086fc470ac91a71e3','01a1fcb22562700096bbd573099ae34c','Frederik','','en',X'2C11B91572C77D154AFBE243F8EC0945','2026-11-21 06:01:35.842437','2026-11-21 06:01:35.849360');
INSERT INTO "exchange_participant" VALUES('01a1fcb2256f7000b285c174ffbe51cc','01a1fcb2248b700086fc470ac91a71e3','01a1fcb2256e7000b3f43982a4b1775f','Nora','Something for the balcony that survives me','en',X'0FFD1F5B8E6DB30A052EF812251AB67B','2026-11-21 06:01:35.854401','2026-11-21 06:01:35.860893');
INSERT INTO "exchange_participant" VALUES('01a1fcb2257b7000b0a25d6978c041bd','01a1fcb2248b700086fc470ac91a71e3','01a1fcb2257a7000b44a4c8a28d5d1bf','Emil','Lego, dinosaurs, or both','en',X'E915485C3843A99481B7CAD7B026D97C','2026-11-21 06:01:35.866071','2026-11-21 06:01:35.872429');
INSERT INTO "exchange_participant" VALUES('01a1fcb225887001b1e1d2f76acf25f7','01a1fcb2248b700086fc470ac91a71e3','01a1fcb2258870008ff1a03eb1841d59','Astrid','A good whetstone','en',X'76D7BA979DB433E2A4322F5CAB2DE424','2026-11-21 06:01:35.879821',NULL);
INSERT INTO "exchange_participant" VALUES('01a1fcb225967001b146c53c5baa4a66','01a1fcb22590700085d2b49a69f8d15a','01a1fcb2247e700098e09c95a071267c','Olga','Thick socks. And time for tea.','en',X'1676FC8167B94BB95E9A3E4C7B801C4F','2026-11-21 06:01:35.893876','2026-11-21 06:01:35.903602');
INSERT INTO "exchange_participant" VALUES('01a1fcb225a870008a4fc18aaeea3702','01a1fcb22590700085d2b49a69f8d15a','01a1fcb225437000a1bacd1848d1ffd1','Bjarne','A new kite, or a book about boats.','en',X'94BCFDE4A7E930A748CF0D95D4257F49','2026-11-21 06:01:35.910971','2026-11-21 06:01:35.921230');
INSERT INTO "exchange_participant" VALUES('01a1fcb225bc7000bfabf08943737999','01a1fcb22590700085d2b49a69f8d15a','01a1fcb22554700080d4806bd0b25575','Ida','Watercolours','en',X'A9C9B30C9A7AF5118AB10AC82AAF5C4C','2026-11-21 06:01:35.931158','2026-11-21 06:01:35.938598');
INSERT INTO "exchange_participant" VALUES('01a1fcb225cb70009e6301767460f5f5','01a1fcb22590700085d2b49a69f8d15a','01a1fcb22562700096bbd573099ae34c','Frederik','','en',X'380BDC9DA94832A9A66FDF041E6283D2','2026-11-21 06:01:35.945106','2026-11-21 06:01:35.954784');
INSERT INTO "exchange_participant" VALUES('01a1fcb225da700090a7cc441a47a6b1','01a1fcb22590700085d2b49a69f8d15a','01a1fcb2256e7000b3f43982a4b1775f','Nora','Something for the balcony that survives me','en',X'50B3ADBDAEDF8EA65FFC730327DFBEE4','2026-11-21 06:01:35.961280','2026-11-21 06:01:35.968512');
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
INSERT INTO "household" VALUES('01a1fcb225e97000a53624411c73755e','01a1fcb2247b7000837bdfea1c5ccf7d','Oak Road');
CREATE TABLE household_member (
	household_id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_household_member PRIMARY KEY (household_id, person_id), 
	CONSTRAINT fk_household_member_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) ON DELETE CASCADE, 
	CONSTRAINT fk_household_member_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
INSERT INTO "household_member" VALUES('01a1fcb225e97000a53624411c73755e','01a1fcb2247e700098e09c95a071267c');
INSERT INTO "household_member" VALUES('01a1fcb225e97000a53624411c73755e','01a1fcb225437000a1bacd1848d1ffd1');
CREATE TABLE limit_spending (
	"key" BLOB NOT NULL, 
	ends_at DATETIME NOT NULL, 
	spent INTEGER NOT NULL, 
	CONSTRAINT pk_limit_spending PRIMARY KEY ("key")
);
INSERT INTO "limit_spending" VALUES(X'7D5EFB842782D623FA5E4EA7FA70C38CAC297032775915F69C8924BF4D0B8F5F','2026-11-21 07:01:35.632962',2);
INSERT INTO "limit_spending" VALUES(X'AA8032784984547D71E1048BC7FEAFAB4C20AE3DC30DFDA700AAEE5F99FCDFA4','2026-11-21 06:16:35.632962',2);
INSERT INTO "limit_spending" VALUES(X'F96F0A6562018C745EA2BDE9E53DB967F95016C7FD80246D62437820B9E57EF5','2026-11-21 07:01:35.632962',7);
INSERT INTO "limit_spending" VALUES(X'97E4FE730211966AD85501CAE57E6820738EACF11C22E14C5D4B724F0D08FB1B','2026-11-21 06:06:35.793464',2);
INSERT INTO "limit_spending" VALUES(X'6A2730821B65EC16C357CA6C1CA68C2D0B4C9C771CD8FEAF631B9DE81F651115','2026-11-21 07:01:35.804502',2);
INSERT INTO "limit_spending" VALUES(X'768B1D19B7FEC6108B49EA622EAEF394DB3ACF844CD04BD0003A8F1D85ADDE8F','2026-11-21 06:16:35.804502',2);
INSERT INTO "limit_spending" VALUES(X'7350FDFCBA5CD8D286F14A69C941CEDD9F970FE078C021167A7ECE516B2BF7EC','2026-11-21 06:06:35.819973',2);
INSERT INTO "limit_spending" VALUES(X'B19A2DF4A0541B811BA1D4FEE7657F8A12BB50EE24C1ADB5909FBFE00A82E218','2026-11-21 06:16:35.825117',2);
INSERT INTO "limit_spending" VALUES(X'F687980B0F9FC0CCC733B381AC87AA08E3E752C81C625DD11842D074A4F8E0E6','2026-11-21 07:01:35.825117',2);
INSERT INTO "limit_spending" VALUES(X'8CA01CA48398E922B4CF37A9508024C24FCC7876E985F6F2C080EA43D7554D88','2026-11-21 06:06:35.835270',2);
INSERT INTO "limit_spending" VALUES(X'075307D0CB064B9B2C57CFC19E79F492A1894071BC747B67487B9E031C34101A','2026-11-21 07:01:35.839821',2);
INSERT INTO "limit_spending" VALUES(X'ADC8A691FC776736FADAAA429EF06E22F0770204E0C20AB94E823EEF5C2F55D0','2026-11-21 06:16:35.839821',2);
INSERT INTO "limit_spending" VALUES(X'5984C5F715C855261CF4750739A0D59D04965B876EBD45C9B7F2D120F09C6A6E','2026-11-21 06:06:35.847592',2);
INSERT INTO "limit_spending" VALUES(X'6324AD23E02E970377EA11C626E6848C456C23C4198D8AD1E3866EF850CBF87E','2026-11-21 06:16:35.852166',2);
INSERT INTO "limit_spending" VALUES(X'DA191CC95D96825F64984A0BDDA2923F60B7870523411F0A98302EFE2232FDE3','2026-11-21 07:01:35.852166',2);
INSERT INTO "limit_spending" VALUES(X'5851BE066129F99EC9C6F1A8F1F322F6F29BD563052860A1C936117008D4E909','2026-11-21 06:06:35.858974',2);
INSERT INTO "limit_spending" VALUES(X'2726C08F462719B8133D964C2CCB72591B378B0663EFBE9C6781CB4DA841FFE6','2026-11-21 07:01:35.863299',1);
INSERT INTO "limit_spending" VALUES(X'D4EF51E05B4D593B8BAD783769D65BA3D3935128DAD25F1E2853952A44CCE52A','2026-11-21 06:16:35.863299',1);
INSERT INTO "limit_spending" VALUES(X'C955E06AB19486231E3ABBEB390EADFCA9DFB5E2BDC04B3642659F228F7FDF7F','2026-11-21 06:06:35.870922',1);
INSERT INTO "limit_spending" VALUES(X'A711030D3C288DEC4C793B3593E22B640A3EE7437171D75EC5F90A6D162BE43D','2026-11-21 06:16:35.876879',1);
INSERT INTO "limit_spending" VALUES(X'AB84E7DF6150565B165AEE3C202796DE21BF3C3C238C62B1A01D5A2A84CFF24C','2026-11-21 07:01:35.876879',1);
INSERT INTO "limit_spending" VALUES(X'32FD25F080F49DF202DDEF2B1794C960F4D6B72D6297866C9D428001D5F7B5C6','2026-11-21 07:01:35.891273',5);
CREATE TABLE link (
	id CHAR(32) NOT NULL, 
	purpose VARCHAR NOT NULL, 
	subject_id CHAR(32) NOT NULL, 
	digest BLOB NOT NULL, 
	lasts_seconds INTEGER NOT NULL, 
	ends_at DATETIME, 
	used_at DATETIME, 
	voided_at DATETIME, 
	CONSTRAINT pk_link PRIMARY KEY (id), 
	CONSTRAINT uq_link_digest UNIQUE (digest)
);
INSERT INTO "link" VALUES('01a1fcb225247000956bd815a606a62d','exchanges.confirm','01a1fcb2249670009001237e7cf3f300',X'D48EE11FE21C152875E81DE7DD8A4C1D7FB13909B5CE8A1C634D429802885DFF',259200,NULL,'2026-11-21 06:01:35.796683',NULL);
INSERT INTO "link" VALUES('01a1fcb225447001ac71e56db548d63b','exchanges.confirm','01a1fcb2254470009eb9df8eac47d25d',X'44C35DE09648D86C7790F9D0F15126AC9B2C13318573E7A56BB418AEF4D5528B',259200,NULL,'2026-11-21 06:01:35.822211',NULL);
INSERT INTO "link" VALUES('01a1fcb2255570019355639647f6f722','exchanges.confirm','01a1fcb2255570009d085aabd372dbad',X'4B77F51A80B10D30AE5BDD6B0E64B355389087F5B346D1BF0F8F0806DCCF689A',259200,NULL,'2026-11-21 06:01:35.837042',NULL);
INSERT INTO "link" VALUES('01a1fcb2256370018e21c9b27f505ac5','exchanges.confirm','01a1fcb225637000acc2a5908cc25f2c',X'48384E4211794AE4851A9AD1AE4BC0086D6F49E63D16BF73B1B58120F1DFCD4F',259200,NULL,'2026-11-21 06:01:35.849360',NULL);
INSERT INTO "link" VALUES('01a1fcb2256f70019028284197830fbf','exchanges.confirm','01a1fcb2256f7000b285c174ffbe51cc',X'39435A3D1414726E1E8D705F2FD6DC71C07DB982413D8E63642DEE63657BF0EE',259200,NULL,'2026-11-21 06:01:35.860893',NULL);
INSERT INTO "link" VALUES('01a1fcb2257b7001be8abc104731df08','exchanges.confirm','01a1fcb2257b7000b0a25d6978c041bd',X'1AC10D4DCAA877F3BCE682DE34D559923F9DF24DE8FE04C8A97E736CD285E9FE',259200,NULL,'2026-11-21 06:01:35.872429',NULL);
INSERT INTO "link" VALUES('01a1fcb225897000b0fbc78f7e4d81bb','exchanges.confirm','01a1fcb225887001b1e1d2f76acf25f7',X'2280EB2B9C33E200B3A088A973E7B56CC40468DEF0F872E3B069396A62AF66C8',259200,NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fcb2259770009038fa095468b1b1','exchanges.confirm','01a1fcb225967001b146c53c5baa4a66',X'D6101D4D304321078827527D2D3E59A6A3322C61238BBF37E0A51C64192E32C1',259200,NULL,'2026-11-21 06:01:35.903602',NULL);
INSERT INTO "link" VALUES('01a1fcb225a8700186f50eda2c20492d','exchanges.confirm','01a1fcb225a870008a4fc18aaeea3702',X'75A3557770F6A1847C5E86F4A15E8C6A5A51FCA565D992F0F8C99B98EF95EA8C',259200,NULL,'2026-11-21 06:01:35.921230',NULL);
INSERT INTO "link" VALUES('01a1fcb225bc7001870cd988dcf7e09e','exchanges.confirm','01a1fcb225bc7000bfabf08943737999',X'51563D6968F1C69E221F007F19E5E7AFC52FC123E23773B5C0F4918A5FF22949',259200,NULL,'2026-11-21 06:01:35.938598',NULL);
INSERT INTO "link" VALUES('01a1fcb225cb700196fe40d11d65795f','exchanges.confirm','01a1fcb225cb70009e6301767460f5f5',X'A2AA4859EB57772173053D0413ADB1F5C67F2468DA604B9901503D7DC87A9854',259200,NULL,'2026-11-21 06:01:35.954784',NULL);
INSERT INTO "link" VALUES('01a1fcb225da7001849d9a5dc04af9e6','exchanges.confirm','01a1fcb225da700090a7cc441a47a6b1',X'ECDEB07CE2BB2F87519D1A6D748C27EAF9AE7B140FC71CEC75F0E86DD68C2D59',259200,NULL,'2026-11-21 06:01:35.968512',NULL);
INSERT INTO "link" VALUES('01a1fcb225ff70008d0729708b4ab095','exchanges.ready','01a1fcb225967001b146c53c5baa4a66',X'B922819C99604F9E659AA344AA733B0A6F77D1BD238D54E5FAC109A54EDFD107',259200,NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fcb2260470008898bf5e3ee3f8c9','exchanges.ready','01a1fcb225a870008a4fc18aaeea3702',X'933428C93B318EEFDCE0CC2F84E2D7549FF9E21E9D899EA12CD67FCF73380969',259200,NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fcb22606700081f5e91afad3b9cb','exchanges.ready','01a1fcb225bc7000bfabf08943737999',X'88669217887C13D88CCBFFB297D3BFF5DCB6C4CE22F28C081270130362C9523E',259200,NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fcb2260970009975fd883a6c24a2','exchanges.ready','01a1fcb225cb70009e6301767460f5f5',X'AD1B9E3395F801487D7DE772127C700E7D1DB1081868E3F46C9B877AAFDF2C7E',259200,NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fcb2260a70008cc5ad3937063196','exchanges.ready','01a1fcb225da700090a7cc441a47a6b1',X'1A8C7237FA760562993FA4EE32B0540F1B4CA68C890A131E3D6E3C1ED2968D3B',259200,NULL,NULL,NULL);
CREATE TABLE outbox_letter (
	id CHAR(32) NOT NULL, 
	once VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	"to" VARCHAR NOT NULL, 
	fields JSON NOT NULL, 
	message_id VARCHAR NOT NULL, 
	generation INTEGER NOT NULL, 
	queued_at DATETIME NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	due_at DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	fence INTEGER NOT NULL, 
	leased_by VARCHAR, 
	leased_until DATETIME, 
	sent_at DATETIME, 
	carrier VARCHAR, 
	provider_id VARCHAR, 
	outcome VARCHAR(32), 
	last_error VARCHAR, 
	CONSTRAINT pk_outbox_letter PRIMARY KEY (id), 
	CONSTRAINT uq_outbox_letter_once UNIQUE (once), 
	CONSTRAINT ck_outbox_letter_sending CHECK (state IN ('queued', 'leased', 'handing', 'sent', 'retry', 'failed', 'uncertain', 'held', 'cancelled')), 
	CONSTRAINT ck_outbox_letter_outcome CHECK (outcome IN ('refused', 'bounced', 'complained', 'suppressed'))
);
INSERT INTO "outbox_letter" VALUES('01a1fcb225247000956bd815a606a62d','exchanges.confirm_joining/01a1fcb2-2496-7000-9001-237e7cf3f300/olga@demo.example.org/1','exchanges.confirm_joining','olga@demo.example.org','{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Christmas at the Olsens", "gifts_on": "2026-12-21", "participant_id": "01a1fcb2-2496-7000-9001-237e7cf3f300", "budget": "around \u00a320"}','<01a1fcb2-2524-7000-956b-d815a606a62d@house.test>',1,'2026-11-21 06:01:35.637250','queued','2026-11-21 06:01:35.637250',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fcb225447001ac71e56db548d63b','exchanges.confirm_joining/01a1fcb2-2544-7000-9eb9-df8eac47d25d/bjarne@demo.example.org/1','exchanges.confirm_joining','bjarne@demo.example.org','{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Christmas at the Olsens", "gifts_on": "2026-12-21", "participant_id": "01a1fcb2-2544-7000-9eb9-df8eac47d25d", "budget": "around \u00a320"}','<01a1fcb2-2544-7001-ac71-e56db548d63b@house.test>',1,'2026-11-21 06:01:35.811071','queued','2026-11-21 06:01:35.811071',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fcb2255570019355639647f6f722','exchanges.confirm_joining/01a1fcb2-2555-7000-9d08-5aabd372dbad/ida@demo.example.org/1','exchanges.confirm_joining','ida@demo.example.org','{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Christmas at the Olsens", "gifts_on": "2026-12-21", "participant_id": "01a1fcb2-2555-7000-9d08-5aabd372dbad", "budget": "around \u00a320"}','<01a1fcb2-2555-7001-9355-639647f6f722@house.test>',1,'2026-11-21 06:01:35.828357','queued','2026-11-21 06:01:35.828357',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fcb2256370018e21c9b27f505ac5','exchanges.confirm_joining/01a1fcb2-2563-7000-acc2-a5908cc25f2c/frederik@demo.example.org/1','exchanges.confirm_joining','frederik@demo.example.org','{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Christmas at the Olsens", "gifts_on": "2026-12-21", "participant_id": "01a1fcb2-2563-7000-acc2-a5908cc25f2c", "budget": "around \u00a320"}','<01a1fcb2-2563-7001-8e21-c9b27f505ac5@house.test>',1,'2026-11-21 06:01:35.842437','queued','2026-11-21 06:01:35.842437',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fcb2256f70019028284197830fbf','exchanges.confirm_joining/01a1fcb2-256f-7000-b285-c174ffbe51cc/nora@demo.example.org/1','exchanges.confirm_joining','nora@demo.example.org','{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Christmas at the Olsens", "gifts_on": "2026-12-21", "participant_id": "01a1fcb2-256f-7000-b285-c174ffbe51cc", "budget": "around \u00a320"}','<01a1fcb2-256f-7001-9028-284197830fbf@house.test>',1,'2026-11-21 06:01:35.854401','queued','2026-11-21 06:01:35.854401',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fcb2257b7001be8abc104731df08','exchanges.confirm_joining/01a1fcb2-257b-7000-b0a2-5d6978c041bd/emil@demo.example.org/1','exchanges.confirm_joining','emil@demo.example.org','{"to": "emil@demo.example.org", "language": "en", "name": "Emil", "title": "Christmas at the Olsens", "gifts_on": "2026-12-21", "participant_id": "01a1fcb2-257b-7000-b0a2-5d6978c041bd", "budget": "around \u00a320"}','<01a1fcb2-257b-7001-be8a-bc104731df08@house.test>',1,'2026-11-21 06:01:35.866071','queued','2026-11-21 06:01:35.866071',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fcb225897000b0fbc78f7e4d81bb','exchanges.confirm_joining/01a1fcb2-2588-7001-b1e1-d2f76acf25f7/astrid@demo.example.org/1','exchanges.confirm_joining','astrid@demo.example.org','{"to": "astrid@demo.example.org", "language": "en", "name": "Astrid", "title": "Christmas at the Olsens", "gifts_on": "2026-12-21", "participant_id": "01a1fcb2-2588-7001-b1e1-d2f76acf25f7", "budget": "around \u00a320"}','<01a1fcb2-2589-7000-b0fb-c78f7e4d81bb@house.test>',1,'2026-11-21 06:01:35.879821','queued','2026-11-21 06:01:35.879821',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fcb2259770009038fa095468b1b1','exchanges.confirm_joining/01a1fcb2-2596-7001-b146-c53c5baa4a66/olga@demo.example.org/1','exchanges.confirm_joining','olga@demo.example.org','{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Midsummer surprise", "gifts_on": "2027-01-20", "participant_id": "01a1fcb2-2596-7001-b146-c53c5baa4a66", "budget": "around \u00a320"}','<01a1fcb2-2597-7000-9038-fa095468b1b1@house.test>',1,'2026-11-21 06:01:35.893876','queued','2026-11-21 06:01:35.893876',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fcb225a8700186f50eda2c20492d','exchanges.confirm_joining/01a1fcb2-25a8-7000-8a4f-c18aaeea3702/bjarne@demo.example.org/1','exchanges.confirm_joining','bjarne@demo.example.org','{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Midsummer surprise", "gifts_on": "2027-01-20", "participant_id": "01a1fcb2-25a8-7000-8a4f-c18aaeea3702", "budget": "around \u00a320"}','<01a1fcb2-25a8-7001-86f5-0eda2c20492d@house.test>',1,'2026-11-21 06:01:35.910971','queued','2026-11-21 06:01:35.910971',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fcb225bc7001870cd988dcf7e09e','exchanges.confirm_joining/01a1fcb2-25bc-7000-bfab-f08943737999/ida@demo.example.org/1','exchanges.confirm_joining','ida@demo.example.org','{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Midsummer surprise", "gifts_on": "2027-01-20", "participant_id": "01a1fcb2-25bc-7000-bfab-f08943737999", "budget": "around \u00a320"}','<01a1fcb2-25bc-7001-870c-d988dcf7e09e@house.test>',1,'2026-11-21 06:01:35.931158','queued','2026-11-21 06:01:35.931158',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fcb225cb700196fe40d11d65795f','exchanges.confirm_joining/01a1fcb2-25cb-7000-9e63-01767460f5f5/frederik@demo.example.org/1','exchanges.confirm_joining','frederik@demo.example.org','{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Midsummer surprise", "gifts_on": "2027-01-20", "participant_id": "01a1fcb2-25cb-7000-9e63-01767460f5f5", "budget": "around \u00a320"}','<01a1fcb2-25cb-7001-96fe-40d11d65795f@house.test>',1,'2026-11-21 06:01:35.945106','queued','2026-11-21 06:01:35.945106',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fcb225da7001849d9a5dc04af9e6','exchanges.confirm_joining/01a1fcb2-25da-7000-90a7-cc441a47a6b1/nora@demo.example.org/1','exchanges.confirm_joining','nora@demo.example.org','{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Midsummer surprise", "gifts_on": "2027-01-20", "participant_id": "01a1fcb2-25da-7000-90a7-cc441a47a6b1", "budget": "around \u00a320"}','<01a1fcb2-25da-7001-849d-9a5dc04af9e6@house.test>',1,'2026-11-21 06:01:35.961280','queued','2026-11-21 06:01:35.961280',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fcb225ff70008d0729708b4ab095','exchanges.match_ready/01a1fcb2-2596-7001-b146-c53c5baa4a66/olga@demo.example.org/1','exchanges.match_ready','olga@demo.example.org','{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Midsummer surprise", "gifts_on": "2027-01-20", "participant_id": "01a1fcb2-2596-7001-b146-c53c5baa4a66", "budget": "around \u00a320"}','<01a1fcb2-25ff-7000-8d07-29708b4ab095@house.test>',1,'2026-11-21 06:01:35.985653','queued','2026-11-21 06:01:35.985653',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fcb2260470008898bf5e3ee3f8c9','exchanges.match_ready/01a1fcb2-25a8-7000-8a4f-c18aaeea3702/bjarne@demo.example.org/1','exchanges.match_ready','bjarne@demo.example.org','{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Midsummer surprise", "gifts_on": "2027-01-20", "participant_id": "01a1fcb2-25a8-7000-8a4f-c18aaeea3702", "budget": "around \u00a320"}','<01a1fcb2-2604-7000-8898-bf5e3ee3f8c9@house.test>',1,'2026-11-21 06:01:35.985653','queued','2026-11-21 06:01:35.985653',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fcb22606700081f5e91afad3b9cb','exchanges.match_ready/01a1fcb2-25bc-7000-bfab-f08943737999/ida@demo.example.org/1','exchanges.match_ready','ida@demo.example.org','{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Midsummer surprise", "gifts_on": "2027-01-20", "participant_id": "01a1fcb2-25bc-7000-bfab-f08943737999", "budget": "around \u00a320"}','<01a1fcb2-2606-7000-81f5-e91afad3b9cb@house.test>',1,'2026-11-21 06:01:35.985653','queued','2026-11-21 06:01:35.985653',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fcb2260970009975fd883a6c24a2','exchanges.match_ready/01a1fcb2-25cb-7000-9e63-01767460f5f5/frederik@demo.example.org/1','exchanges.match_ready','frederik@demo.example.org','{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Midsummer surprise", "gifts_on": "2027-01-20", "participant_id": "01a1fcb2-25cb-7000-9e63-01767460f5f5", "budget": "around \u00a320"}','<01a1fcb2-2609-7000-9975-fd883a6c24a2@house.test>',1,'2026-11-21 06:01:35.985653','queued','2026-11-21 06:01:35.985653',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fcb2260a70008cc5ad3937063196','exchanges.match_ready/01a1fcb2-25da-7000-90a7-cc441a47a6b1/nora@demo.example.org/1','exchanges.match_ready','nora@demo.example.org','{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Midsummer surprise", "gifts_on": "2027-01-20", "participant_id": "01a1fcb2-25da-7000-90a7-cc441a47a6b1", "budget": "around \u00a320"}','<01a1fcb2-260a-7000-8cc5-ad3937063196@house.test>',1,'2026-11-21 06:01:35.985653','queued','2026-11-21 06:01:35.985653',0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "person" VALUES('01a1fcb2247e700098e09c95a071267c','01a1fcb2247b7000837bdfea1c5ccf7d','Olga','olga@demo.example.org','en','2026-11-21 06:01:35.610470','2026-11-21 06:01:35.796683');
INSERT INTO "person" VALUES('01a1fcb225437000a1bacd1848d1ffd1','01a1fcb2247b7000837bdfea1c5ccf7d','Bjarne','bjarne@demo.example.org','en','2026-11-21 06:01:35.811071','2026-11-21 06:01:35.822211');
INSERT INTO "person" VALUES('01a1fcb22554700080d4806bd0b25575','01a1fcb2247b7000837bdfea1c5ccf7d','Ida','ida@demo.example.org','en','2026-11-21 06:01:35.828357','2026-11-21 06:01:35.837042');
INSERT INTO "person" VALUES('01a1fcb22562700096bbd573099ae34c','01a1fcb2247b7000837bdfea1c5ccf7d','Frederik','frederik@demo.example.org','en','2026-11-21 06:01:35.842437','2026-11-21 06:01:35.849360');
INSERT INTO "person" VALUES('01a1fcb2256e7000b3f43982a4b1775f','01a1fcb2247b7000837bdfea1c5ccf7d','Nora','nora@demo.example.org','en','2026-11-21 06:01:35.854401','2026-11-21 06:01:35.860893');
INSERT INTO "person" VALUES('01a1fcb2257a7000b44a4c8a28d5d1bf','01a1fcb2247b7000837bdfea1c5ccf7d','Emil','emil@demo.example.org','en','2026-11-21 06:01:35.866071','2026-11-21 06:01:35.872429');
INSERT INTO "person" VALUES('01a1fcb2258870008ff1a03eb1841d59','01a1fcb2247b7000837bdfea1c5ccf7d','Astrid','astrid@demo.example.org','en','2026-11-21 06:01:35.879821',NULL);
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
INSERT INTO "web_session" VALUES('01a1fcb2253b7000b14a071b396eef07',X'3EAD66F4B847D981156A6A64571256B6B922D977F5EFCEFA9967C7C314D4B217','01a1fcb2247e700098e09c95a071267c',NULL,'2026-11-21 06:01:35.796683','2026-11-21 06:01:35.796683','2026-11-21 06:01:36.796683','2026-11-21 06:01:36.796683');
INSERT INTO "web_session" VALUES('01a1fcb2255070009e7d9b6c188cc1c9',X'6862DDBD7D715A44A3CD7C2A4F82F4028F73B418B982E407E78E2158BB7CC899','01a1fcb225437000a1bacd1848d1ffd1',NULL,'2026-11-21 06:01:35.822211','2026-11-21 06:01:35.822211','2026-11-21 06:01:36.822211','2026-11-21 06:01:36.822211');
INSERT INTO "web_session" VALUES('01a1fcb2255e7000bbde64e891522e5c',X'5D90F67084332CDD9829A49A0A2E7B343C359F56949777CF40291D71EE95B39D','01a1fcb22554700080d4806bd0b25575',NULL,'2026-11-21 06:01:35.837042','2026-11-21 06:01:35.837042','2026-11-21 06:01:36.837042','2026-11-21 06:01:36.837042');
INSERT INTO "web_session" VALUES('01a1fcb2256b70008349aa7c06e10ea8',X'9AFE72031B2045665FC428F9F85FC63BD8249B92C7518A3AC26ACCD185CEDC4C','01a1fcb22562700096bbd573099ae34c',NULL,'2026-11-21 06:01:35.849360','2026-11-21 06:01:35.849360','2026-11-21 06:01:36.849360','2026-11-21 06:01:36.849360');
INSERT INTO "web_session" VALUES('01a1fcb225767000a00686cd4f41804d',X'D4FDD31A97BAA73C21E556F0A0ADE3B50AF1D64B14AD3516D193E9F9C7B293F8','01a1fcb2256e7000b3f43982a4b1775f',NULL,'2026-11-21 06:01:35.860893','2026-11-21 06:01:35.860893','2026-11-21 06:01:36.860893','2026-11-21 06:01:36.860893');
INSERT INTO "web_session" VALUES('01a1fcb2258270008b110d599bcdfb67',X'62981C8E9A98790425AA53CC578C72E80147A9F04B64FA65400B43EC5B25C71E','01a1fcb2257a7000b44a4c8a28d5d1bf',NULL,'2026-11-21 06:01:35.872429','2026-11-21 06:01:35.872429','2026-11-21 06:01:36.872429','2026-11-21 06:01:36.872429');
INSERT INTO "web_session" VALUES('01a1fcb225a17000a78b70fef92badc1',X'7ACD780259FA3E361FCCB5BA6B9FED8382820A2044602119308EBB18AF225246','01a1fcb2247e700098e09c95a071267c',NULL,'2026-11-21 06:01:35.903602','2026-11-21 06:01:35.903602','2026-11-21 06:01:36.903602','2026-11-21 06:01:36.903602');
INSERT INTO "web_session" VALUES('01a1fcb225b570008bc353ccc76500c3',X'E2FB90B62F1ED15FF75D27CCE6123EA7CDEED933F563FE74271D576AC447A6D2','01a1fcb225437000a1bacd1848d1ffd1',NULL,'2026-11-21 06:01:35.921230','2026-11-21 06:01:35.921230','2026-11-21 06:01:36.921230','2026-11-21 06:01:36.921230');
INSERT INTO "web_session" VALUES('01a1fcb225c47000ae1d6a9ee2f0300c',X'D95537ABAD027C6342CFA26BEBEA80E531D6C7B15C740DB7BCF58959814482BF','01a1fcb22554700080d4806bd0b25575',NULL,'2026-11-21 06:01:35.938598','2026-11-21 06:01:35.938598','2026-11-21 06:01:36.938598','2026-11-21 06:01:36.938598');
INSERT INTO "web_session" VALUES('01a1fcb225d47000ab6b1ccf448cbe51',X'686AE12ED558F435774DBB5BB232F0172D7AF4E7457F046C74BCB135C4999B16','01a1fcb22562700096bbd573099ae34c',NULL,'2026-11-21 06:01:35.954784','2026-11-21 06:01:35.954784','2026-11-21 06:01:36.954784','2026-11-21 06:01:36.954784');
INSERT INTO "web_session" VALUES('01a1fcb225e27000be2e2e85b50194b2',X'E8090EBC993E21DFC4ECE055843206FA80D67B62811C5BDE98DFBA5F870F31B9','01a1fcb2256e7000b3f43982a4b1775f',NULL,'2026-11-21 06:01:35.968512','2026-11-21 06:01:35.968512','2026-11-21 06:01:36.968512','2026-11-21 06:01:36.968512');
CREATE INDEX ix_audit_entry_at ON audit_entry (at);
CREATE INDEX ix_audit_entry_subject_id_at ON audit_entry (subject_id, at);
CREATE INDEX ix_errand_state_due_at ON errand (state, due_at);
CREATE INDEX ix_limit_spending_ends_at ON limit_spending (ends_at);
CREATE INDEX ix_link_ends_at ON link (ends_at);
CREATE INDEX ix_link_subject_id ON link (subject_id);
CREATE INDEX ix_outbox_letter_state_due_at ON outbox_letter (state, due_at);
CREATE INDEX ix_outbox_letter_to ON outbox_letter ("to");
CREATE INDEX ix_household_circle_id ON household (circle_id);
CREATE INDEX ix_person_email ON person (email);
CREATE INDEX ix_exchange_circle_id ON exchange (circle_id);
CREATE INDEX ix_exchange_organiser_id_gifts_on ON exchange (organiser_id, gifts_on);
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
COMMIT;
