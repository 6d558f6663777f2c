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
INSERT INTO "account" VALUES('01a1fd6568e77000ab7d5a227f863d8c','01a1fd6568e47000b5479e73fda2a37f','olga@demo.example.org','$argon2id$v=19$m=19456,t=2,p=1$l4GmQRLdCnQpCtyUSF2CNw$axKvOfchdioq/6omZWm8Y9h9OBVkHVFowG30HcSLqeI',1,0,'2026-11-21 09:17:24.055094');
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
INSERT INTO "audit_entry" VALUES(1,'2026-11-21 09:17:24.055094',NULL,'Kinkeeper','account.administrator_created','01a1fd6568e77000ab7d5a227f863d8c','{}');
INSERT INTO "audit_entry" VALUES(2,'2026-11-21 09:17:24.097460','01a1fd6568e77000ab7d5a227f863d8c','Olga','exchange.begun','01a1fd6569017000bd8e32dea55cd7a7','{}');
INSERT INTO "audit_entry" VALUES(3,'2026-11-21 09:17:24.466463','01a1fd6568e77000ab7d5a227f863d8c','Olga','exchange.begun','01a1fd656a72700088f2614c6ca893a1','{}');
INSERT INTO "audit_entry" VALUES(4,'2026-11-21 09:17:24.774450','01a1fd6568e77000ab7d5a227f863d8c','Olga','exchange.household_ruled_out','01a1fd656a72700088f2614c6ca893a1','{"people": 2}');
INSERT INTO "audit_entry" VALUES(5,'2026-11-21 09:17:24.778303','01a1fd6568e77000ab7d5a227f863d8c','Olga','exchange.closed','01a1fd656a72700088f2614c6ca893a1','{}');
INSERT INTO "audit_entry" VALUES(6,'2026-11-21 09:17:24.788924','01a1fd6568e77000ab7d5a227f863d8c','Olga','exchange.names_drawn','01a1fd656a72700088f2614c6ca893a1','{"people": 5}');
CREATE TABLE circle (
	id CHAR(32) NOT NULL, 
	name VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	zone VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_circle PRIMARY KEY (id)
);
INSERT INTO "circle" VALUES('01a1fd6568e2700085a132cdfed6d450','The Olsens','en','Europe/London','2026-11-21 09:17:24.055094');
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
INSERT INTO "exchange" VALUES('01a1fd6569017000bd8e32dea55cd7a7','01a1fd6568e2700085a132cdfed6d450','01a1fd6568e47000b5479e73fda2a37f','6ejmegf7mdd3','Christmas at the Olsens','Home-made is welcome. Nobody needs another mug.','around £20',NULL,'2026-12-14','2026-12-24','Europe/London','open','2026-11-21 09:17:24.097460',NULL);
INSERT INTO "exchange" VALUES('01a1fd656a72700088f2614c6ca893a1','01a1fd6568e2700085a132cdfed6d450','01a1fd6568e47000b5479e73fda2a37f','tzffy9pkns7d','Midsummer surprise','Home-made is welcome. Nobody needs another mug.','around £20',NULL,'2027-06-14','2027-06-24','Europe/London','drawn','2026-11-21 09:17:24.466463','2026-11-21 09:17:24.788924');
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
INSERT INTO "exchange_assignment" VALUES('01a1fd656bb47000a34c96fa1546514a','01a1fd656a837000b4534a77fd7525e8',X'0155DD2F2E92DBE12D455B99F1BAE68636B2647DF2BD044C9D4A1BA29A13E743CC4D9369D8059145B9975AF37F1B0DD84E',X'04AD86ECC5BF532C93CA7814F5DEA311CEB868CDF6DB5DA4C65F089EB034A84D');
INSERT INTO "exchange_assignment" VALUES('01a1fd656bb47000a34c96fa1546514a','01a1fd656ab570009364ba9d6f025a17',X'0155DD2F2E613F15062D1EADFFD9D39FC3F7C98AAADB7B79378A3163748C85A6240DF4E49AA0A53D9C6E73027C1BDBCB83',X'75921FF5FFEB245594A69069DC2DE71BCCB9FE6707D5EFC6AC65D03EB66FD0F6');
INSERT INTO "exchange_assignment" VALUES('01a1fd656bb47000a34c96fa1546514a','01a1fd656adc7000888f3ccc0d008039',X'0155DD2F2E98A2B0C321244009E1CCDE8C5B570B99062D8E6A1FEFA13B7E25826E89517CFA4D8F8B8E7D70191C7CDB52B9',X'82DEA6A17D656AD08C09644586B437AD72DADDBE53741A5DAEACCF27908AC527');
INSERT INTO "exchange_assignment" VALUES('01a1fd656bb47000a34c96fa1546514a','01a1fd656b277001818315f706b3585e',X'0155DD2F2ECDBD4D176B957F377D41F7414B1072A6CD49A228D269BFF03CC1F9777382DE04111FAB457EAE0F5381C25DF1',X'FA996EF36C0EE466BDFB6D60662C3E62BB01CD9A572DDB0397F6B45B8C1ADF5A');
INSERT INTO "exchange_assignment" VALUES('01a1fd656bb47000a34c96fa1546514a','01a1fd656b647000b32b7321c209ca95',X'0155DD2F2E4B7D066D17500FED3833520FFF2C8DBEA60B319075566A53E6A56D02729AAF1B39448F694810460C8D5641FC',X'029847D1ED1C5748DF5BADA46726FBC9C182053AB84E4394FAA9081615E39EDB');
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
INSERT INTO "exchange_draw" VALUES('01a1fd656bb47000a34c96fa1546514a','01a1fd656a72700088f2614c6ca893a1',1,'2026-11-21 09:17:24.788924','exact');
CREATE TABLE exchange_household_rule (
	exchange_id CHAR(32) NOT NULL, 
	household_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_exchange_household_rule PRIMARY KEY (exchange_id, household_id), 
	CONSTRAINT fk_exchange_household_rule_exchange_id_exchange FOREIGN KEY(exchange_id) REFERENCES exchange (id) ON DELETE CASCADE, 
	CONSTRAINT fk_exchange_household_rule_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) ON DELETE CASCADE
);
INSERT INTO "exchange_household_rule" VALUES('01a1fd656a72700088f2614c6ca893a1','01a1fd656b987000ba631c8bfab8182c');
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
INSERT INTO "exchange_participant" VALUES('01a1fd65692a70008c5cf1353a9cbb65','01a1fd6569017000bd8e32dea55cd7a7','01a1fd6568e47000b5479e73fda2a37f','Olga','Thick socks. And time for tea.','en',X'FB861C9011C5B2D6C235257EAD186E44','2026-11-21 09:17:24.134588','2026-11-21 09:17:24.244550');
INSERT INTO "exchange_participant" VALUES('01a1fd6569a87000ada53cc24cf27371','01a1fd6569017000bd8e32dea55cd7a7','01a1fd6569a7700098096b23b3883771','Bjarne','A new kite, or a book about boats.','en',X'2990CC7B920FCAEB9D5DD509D955DA23','2026-11-21 09:17:24.262288','2026-11-21 09:17:24.283297');
INSERT INTO "exchange_participant" VALUES('01a1fd6569cb7001a754c3e37181071e','01a1fd6569017000bd8e32dea55cd7a7','01a1fd6569cb7000b099f545d9f054e9','Ida','Watercolours','en',X'8FF7E476F314AC4742401A8C712B9EB0','2026-11-21 09:17:24.297911','2026-11-21 09:17:24.315322');
INSERT INTO "exchange_participant" VALUES('01a1fd6569ee7000901324a922922027','01a1fd6569017000bd8e32dea55cd7a7','01a1fd6569ed7000895eca85f021717f','Frederik','','en',X'D24D538BD59CDA28F0B8896F15937898','2026-11-21 09:17:24.328252','2026-11-21 09:17:24.360467');
INSERT INTO "exchange_participant" VALUES('01a1fd656a187000ab97c1649f3806e6','01a1fd6569017000bd8e32dea55cd7a7','01a1fd656a177000962a8522e36af8d0','Nora','Something for the balcony that survives me','en',X'0EAF1DC8697707C9370D36E872908B0E','2026-11-21 09:17:24.374701','2026-11-21 09:17:24.391434');
INSERT INTO "exchange_participant" VALUES('01a1fd656a377001890120bb26a6623c','01a1fd6569017000bd8e32dea55cd7a7','01a1fd656a3770008c08505fc887bdc9','Emil','Lego, dinosaurs, or both','en',X'F620C8C2528C4785A831FFB8134F6314','2026-11-21 09:17:24.406286','2026-11-21 09:17:24.433987');
INSERT INTO "exchange_participant" VALUES('01a1fd656a637001acc68ab79dd22a9b','01a1fd6569017000bd8e32dea55cd7a7','01a1fd656a637000a68c3fb0f26f14f3','Astrid','A good whetstone','en',X'D60FEAA5BC38DB89D6C1367A2701ED05','2026-11-21 09:17:24.449928',NULL);
INSERT INTO "exchange_participant" VALUES('01a1fd656a837000b4534a77fd7525e8','01a1fd656a72700088f2614c6ca893a1','01a1fd6568e47000b5479e73fda2a37f','Olga','Thick socks. And time for tea.','en',X'C51E84377F9FC03C1D5500431E1015E8','2026-11-21 09:17:24.481700','2026-11-21 09:17:24.500786');
INSERT INTO "exchange_participant" VALUES('01a1fd656ab570009364ba9d6f025a17','01a1fd656a72700088f2614c6ca893a1','01a1fd6569a7700098096b23b3883771','Bjarne','A new kite, or a book about boats.','en',X'D943DA1CF2D0D0F89353B7869AAF1B3F','2026-11-21 09:17:24.521999','2026-11-21 09:17:24.556589');
INSERT INTO "exchange_participant" VALUES('01a1fd656adc7000888f3ccc0d008039','01a1fd656a72700088f2614c6ca893a1','01a1fd6569cb7000b099f545d9f054e9','Ida','Watercolours','en',X'BF2C8188821FCB5E9A65983EFB3233C6','2026-11-21 09:17:24.569900','2026-11-21 09:17:24.615778');
INSERT INTO "exchange_participant" VALUES('01a1fd656b277001818315f706b3585e','01a1fd656a72700088f2614c6ca893a1','01a1fd6569ed7000895eca85f021717f','Frederik','','en',X'49C21D6F76724BE4DA1A78A441039BDF','2026-11-21 09:17:24.646344','2026-11-21 09:17:24.685273');
INSERT INTO "exchange_participant" VALUES('01a1fd656b647000b32b7321c209ca95','01a1fd656a72700088f2614c6ca893a1','01a1fd656a177000962a8522e36af8d0','Nora','Something for the balcony that survives me','en',X'62709DD60CB8426ADAE7C555054A1C5B','2026-11-21 09:17:24.706741','2026-11-21 09:17:24.738516');
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
INSERT INTO "household" VALUES('01a1fd656b987000ba631c8bfab8182c','01a1fd6568e2700085a132cdfed6d450','Oak Road');
CREATE TABLE household_member (
	household_id CHAR(32) NOT NULL, 
	person_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_household_member PRIMARY KEY (household_id, person_id), 
	CONSTRAINT fk_household_member_household_id_household FOREIGN KEY(household_id) REFERENCES household (id) ON DELETE CASCADE, 
	CONSTRAINT fk_household_member_person_id_person FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
INSERT INTO "household_member" VALUES('01a1fd656b987000ba631c8bfab8182c','01a1fd6568e47000b5479e73fda2a37f');
INSERT INTO "household_member" VALUES('01a1fd656b987000ba631c8bfab8182c','01a1fd6569a7700098096b23b3883771');
CREATE TABLE limit_spending (
	"key" BLOB NOT NULL, 
	ends_at DATETIME NOT NULL, 
	spent INTEGER NOT NULL, 
	CONSTRAINT pk_limit_spending PRIMARY KEY ("key")
);
INSERT INTO "limit_spending" VALUES(X'7D5EFB842782D623FA5E4EA7FA70C38CAC297032775915F69C8924BF4D0B8F5F','2026-11-21 10:17:24.120722',2);
INSERT INTO "limit_spending" VALUES(X'9CE69F373F806BE643B0004A5BC715D428D2E21E4AE45023A10DDDC0F73BA8DB','2026-11-21 10:17:24.120722',7);
INSERT INTO "limit_spending" VALUES(X'AA8032784984547D71E1048BC7FEAFAB4C20AE3DC30DFDA700AAEE5F99FCDFA4','2026-11-21 09:32:24.120722',2);
INSERT INTO "limit_spending" VALUES(X'97E4FE730211966AD85501CAE57E6820738EACF11C22E14C5D4B724F0D08FB1B','2026-11-21 09:22:24.220529',2);
INSERT INTO "limit_spending" VALUES(X'6A2730821B65EC16C357CA6C1CA68C2D0B4C9C771CD8FEAF631B9DE81F651115','2026-11-21 10:17:24.256406',2);
INSERT INTO "limit_spending" VALUES(X'768B1D19B7FEC6108B49EA622EAEF394DB3ACF844CD04BD0003A8F1D85ADDE8F','2026-11-21 09:32:24.256406',2);
INSERT INTO "limit_spending" VALUES(X'7350FDFCBA5CD8D286F14A69C941CEDD9F970FE078C021167A7ECE516B2BF7EC','2026-11-21 09:22:24.274069',2);
INSERT INTO "limit_spending" VALUES(X'B19A2DF4A0541B811BA1D4FEE7657F8A12BB50EE24C1ADB5909FBFE00A82E218','2026-11-21 09:32:24.286934',2);
INSERT INTO "limit_spending" VALUES(X'F687980B0F9FC0CCC733B381AC87AA08E3E752C81C625DD11842D074A4F8E0E6','2026-11-21 10:17:24.286934',2);
INSERT INTO "limit_spending" VALUES(X'8CA01CA48398E922B4CF37A9508024C24FCC7876E985F6F2C080EA43D7554D88','2026-11-21 09:22:24.305592',2);
INSERT INTO "limit_spending" VALUES(X'075307D0CB064B9B2C57CFC19E79F492A1894071BC747B67487B9E031C34101A','2026-11-21 10:17:24.322050',2);
INSERT INTO "limit_spending" VALUES(X'ADC8A691FC776736FADAAA429EF06E22F0770204E0C20AB94E823EEF5C2F55D0','2026-11-21 09:32:24.322050',2);
INSERT INTO "limit_spending" VALUES(X'5984C5F715C855261CF4750739A0D59D04965B876EBD45C9B7F2D120F09C6A6E','2026-11-21 09:22:24.350796',2);
INSERT INTO "limit_spending" VALUES(X'6324AD23E02E970377EA11C626E6848C456C23C4198D8AD1E3866EF850CBF87E','2026-11-21 09:32:24.373455',2);
INSERT INTO "limit_spending" VALUES(X'DA191CC95D96825F64984A0BDDA2923F60B7870523411F0A98302EFE2232FDE3','2026-11-21 10:17:24.373455',2);
INSERT INTO "limit_spending" VALUES(X'5851BE066129F99EC9C6F1A8F1F322F6F29BD563052860A1C936117008D4E909','2026-11-21 09:22:24.386482',2);
INSERT INTO "limit_spending" VALUES(X'2726C08F462719B8133D964C2CCB72591B378B0663EFBE9C6781CB4DA841FFE6','2026-11-21 10:17:24.402082',1);
INSERT INTO "limit_spending" VALUES(X'D4EF51E05B4D593B8BAD783769D65BA3D3935128DAD25F1E2853952A44CCE52A','2026-11-21 09:32:24.402082',1);
INSERT INTO "limit_spending" VALUES(X'C955E06AB19486231E3ABBEB390EADFCA9DFB5E2BDC04B3642659F228F7FDF7F','2026-11-21 09:22:24.424740',1);
INSERT INTO "limit_spending" VALUES(X'A711030D3C288DEC4C793B3593E22B640A3EE7437171D75EC5F90A6D162BE43D','2026-11-21 09:32:24.446656',1);
INSERT INTO "limit_spending" VALUES(X'AB84E7DF6150565B165AEE3C202796DE21BF3C3C238C62B1A01D5A2A84CFF24C','2026-11-21 10:17:24.446656',1);
INSERT INTO "limit_spending" VALUES(X'F2C8D6C9335A04444E88CDDBFEB7FB9DBEA2CBA21C0CD40174A08D31E3CDB7B3','2026-11-21 10:17:24.472937',5);
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
INSERT INTO "link" VALUES('01a1fd65696570009599968f22953374','exchanges.confirm','01a1fd65692a70008c5cf1353a9cbb65',X'72BC06C957B73E68BCC0BDFDCC632214AB85C9149CEE73D8BC16CC0CD9DF76FB',259200,NULL,'2026-11-21 09:17:24.244550',NULL);
INSERT INTO "link" VALUES('01a1fd6569a870018e2587683b7b183c','exchanges.confirm','01a1fd6569a87000ada53cc24cf27371',X'6917EF44DB79B5F5D9F793EBC0FA46EB378AF3DAB3046096D677A5221D6DFD80',259200,NULL,'2026-11-21 09:17:24.283297',NULL);
INSERT INTO "link" VALUES('01a1fd6569cb700295be430f4b5edf68','exchanges.confirm','01a1fd6569cb7001a754c3e37181071e',X'8A3BE214491BC5416B69E6F0FACD0BFAF338175DEE7EAFD76B2C3A105D9964EA',259200,NULL,'2026-11-21 09:17:24.315322',NULL);
INSERT INTO "link" VALUES('01a1fd6569ee7001bedf45026c485775','exchanges.confirm','01a1fd6569ee7000901324a922922027',X'7BA2848DA491A09ACF9A99D1A588563B252E31B66BF7EB24F9B7B4553C3D5A8B',259200,NULL,'2026-11-21 09:17:24.360467',NULL);
INSERT INTO "link" VALUES('01a1fd656a1870018a58d93c915a2cd3','exchanges.confirm','01a1fd656a187000ab97c1649f3806e6',X'435629DFC50811E61C3A0A81D09AD5369FAA587DC52CAC158174DE1CD7C3DEC2',259200,NULL,'2026-11-21 09:17:24.391434',NULL);
INSERT INTO "link" VALUES('01a1fd656a3870008661687439ea3a36','exchanges.confirm','01a1fd656a377001890120bb26a6623c',X'2D1EAB4F90D312B1C47C979EC0C081B441C6EECF1BB1A226C83FDAD292622BB6',259200,NULL,'2026-11-21 09:17:24.433987',NULL);
INSERT INTO "link" VALUES('01a1fd656a637002bc93f0fdc23f10fd','exchanges.confirm','01a1fd656a637001acc68ab79dd22a9b',X'104360E9AA2234E4FDD485EF895F0A4FD2471685445669380F58A45FC3291B1E',259200,NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fd656a837001b82ac594fe7ba5fd','exchanges.confirm','01a1fd656a837000b4534a77fd7525e8',X'1EAA8C851A998CEFDB0270DE2C17087BF98FB00224C50F67B513C1618D9E61A5',259200,NULL,'2026-11-21 09:17:24.500786',NULL);
INSERT INTO "link" VALUES('01a1fd656ab6700098b4ea3f6a699db2','exchanges.confirm','01a1fd656ab570009364ba9d6f025a17',X'C2FCDEACECB7079A79E930BE3D4385624EC776F5C0AC49EDAC068DC1A5ACFCEE',259200,NULL,'2026-11-21 09:17:24.556589',NULL);
INSERT INTO "link" VALUES('01a1fd656ade7000a136bd222d6fcc21','exchanges.confirm','01a1fd656adc7000888f3ccc0d008039',X'440AA02E95A1168611E3469F6CCCCA50ED4926FD1F550915A612EDA4DA123515',259200,NULL,'2026-11-21 09:17:24.615778',NULL);
INSERT INTO "link" VALUES('01a1fd656b287000b26191dfc008a8c9','exchanges.confirm','01a1fd656b277001818315f706b3585e',X'FE14975511C5DE8AAAA4425817BEFFD1CFFCB1A440D31D1AD0AD57FD715CEF1A',259200,NULL,'2026-11-21 09:17:24.685273',NULL);
INSERT INTO "link" VALUES('01a1fd656b6d7000a2636fbb6132d757','exchanges.confirm','01a1fd656b647000b32b7321c209ca95',X'0C9A7F0E7C5DC2A8C373B410B7D99C8FE8E5804E7F33825CA528DA265D64C8C9',259200,NULL,'2026-11-21 09:17:24.738516',NULL);
INSERT INTO "link" VALUES('01a1fd656bd47000964e5dab39838765','exchanges.ready','01a1fd656a837000b4534a77fd7525e8',X'4E115345C58C75BE90CBBA4E0593A9D9E9B35B1A40F665535084D129AD430DA4',259200,NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fd656bd47001a9b3910b7b59ba8b','exchanges.ready','01a1fd656ab570009364ba9d6f025a17',X'FCEE48D0C737708EBC75B6D2FAF291F4497852DBE8DF05A1ED234CFF3B31F967',259200,NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fd656bd47002b48586be0e4c2030','exchanges.ready','01a1fd656adc7000888f3ccc0d008039',X'4E01A3928E90E32115FE4C958C009A0390134E5F76B10A3EEC71C9E767DA44A4',259200,NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fd656bd47003ab66cc68c18f7155','exchanges.ready','01a1fd656b277001818315f706b3585e',X'6800B6E0693C08FB0EC3EB5BA8C1E10EAF113177C1AB074568DFB0C435B900B6',259200,NULL,NULL,NULL);
INSERT INTO "link" VALUES('01a1fd656bd470049ca5d1ace652e692','exchanges.ready','01a1fd656b647000b32b7321c209ca95',X'77A15CF1321274BD7EF9828D2004ABC0F7DD62412F20994AEF8DC2235167201E',259200,NULL,NULL,NULL);
CREATE TABLE master_key (
	generation INTEGER NOT NULL, 
	key_id BLOB NOT NULL, 
	since_at DATETIME NOT NULL, 
	CONSTRAINT pk_master_key PRIMARY KEY (generation)
);
INSERT INTO "master_key" VALUES(1,X'55DD2F2E','2026-11-21 09:17:23.881998');
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
	last_error VARCHAR, 
	CONSTRAINT pk_outbox_letter PRIMARY KEY (id), 
	CONSTRAINT uq_outbox_letter_once UNIQUE (once), 
	CONSTRAINT ck_outbox_letter_sending CHECK (state IN ('queued', 'leased', 'handing', 'sent', 'retry', 'failed', 'uncertain', 'overtaken'))
);
INSERT INTO "outbox_letter" VALUES('01a1fd65696570009599968f22953374','exchanges.confirm_joining/01a1fd65-692a-7000-8c5c-f1353a9cbb65/olga@demo.example.org/1','exchanges.confirm_joining','olga@demo.example.org','01a1fd6568e47000b5479e73fda2a37f','{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Christmas at the Olsens", "gifts_on": "2026-12-24", "participant_id": "01a1fd65-692a-7000-8c5c-f1353a9cbb65", "budget": "around \u00a320"}','<01a1fd65-6965-7000-9599-968f22953374@localhost>',1,'2026-11-21 09:17:24.134588','queued','2026-11-21 09:17:24.134588',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fd6569a870018e2587683b7b183c','exchanges.confirm_joining/01a1fd65-69a8-7000-ada5-3cc24cf27371/bjarne@demo.example.org/1','exchanges.confirm_joining','bjarne@demo.example.org','01a1fd6569a7700098096b23b3883771','{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Christmas at the Olsens", "gifts_on": "2026-12-24", "participant_id": "01a1fd65-69a8-7000-ada5-3cc24cf27371", "budget": "around \u00a320"}','<01a1fd65-69a8-7001-8e25-87683b7b183c@localhost>',1,'2026-11-21 09:17:24.262288','queued','2026-11-21 09:17:24.262288',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fd6569cb700295be430f4b5edf68','exchanges.confirm_joining/01a1fd65-69cb-7001-a754-c3e37181071e/ida@demo.example.org/1','exchanges.confirm_joining','ida@demo.example.org','01a1fd6569cb7000b099f545d9f054e9','{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Christmas at the Olsens", "gifts_on": "2026-12-24", "participant_id": "01a1fd65-69cb-7001-a754-c3e37181071e", "budget": "around \u00a320"}','<01a1fd65-69cb-7002-95be-430f4b5edf68@localhost>',1,'2026-11-21 09:17:24.297911','queued','2026-11-21 09:17:24.297911',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fd6569ee7001bedf45026c485775','exchanges.confirm_joining/01a1fd65-69ee-7000-9013-24a922922027/frederik@demo.example.org/1','exchanges.confirm_joining','frederik@demo.example.org','01a1fd6569ed7000895eca85f021717f','{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Christmas at the Olsens", "gifts_on": "2026-12-24", "participant_id": "01a1fd65-69ee-7000-9013-24a922922027", "budget": "around \u00a320"}','<01a1fd65-69ee-7001-bedf-45026c485775@localhost>',1,'2026-11-21 09:17:24.328252','queued','2026-11-21 09:17:24.328252',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fd656a1870018a58d93c915a2cd3','exchanges.confirm_joining/01a1fd65-6a18-7000-ab97-c1649f3806e6/nora@demo.example.org/1','exchanges.confirm_joining','nora@demo.example.org','01a1fd656a177000962a8522e36af8d0','{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Christmas at the Olsens", "gifts_on": "2026-12-24", "participant_id": "01a1fd65-6a18-7000-ab97-c1649f3806e6", "budget": "around \u00a320"}','<01a1fd65-6a18-7001-8a58-d93c915a2cd3@localhost>',1,'2026-11-21 09:17:24.374701','queued','2026-11-21 09:17:24.374701',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fd656a3870008661687439ea3a36','exchanges.confirm_joining/01a1fd65-6a37-7001-8901-20bb26a6623c/emil@demo.example.org/1','exchanges.confirm_joining','emil@demo.example.org','01a1fd656a3770008c08505fc887bdc9','{"to": "emil@demo.example.org", "language": "en", "name": "Emil", "title": "Christmas at the Olsens", "gifts_on": "2026-12-24", "participant_id": "01a1fd65-6a37-7001-8901-20bb26a6623c", "budget": "around \u00a320"}','<01a1fd65-6a38-7000-8661-687439ea3a36@localhost>',1,'2026-11-21 09:17:24.406286','queued','2026-11-21 09:17:24.406286',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fd656a637002bc93f0fdc23f10fd','exchanges.confirm_joining/01a1fd65-6a63-7001-acc6-8ab79dd22a9b/astrid@demo.example.org/1','exchanges.confirm_joining','astrid@demo.example.org','01a1fd656a637000a68c3fb0f26f14f3','{"to": "astrid@demo.example.org", "language": "en", "name": "Astrid", "title": "Christmas at the Olsens", "gifts_on": "2026-12-24", "participant_id": "01a1fd65-6a63-7001-acc6-8ab79dd22a9b", "budget": "around \u00a320"}','<01a1fd65-6a63-7002-bc93-f0fdc23f10fd@localhost>',1,'2026-11-21 09:17:24.449928','queued','2026-11-21 09:17:24.449928',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fd656a837001b82ac594fe7ba5fd','exchanges.confirm_joining/01a1fd65-6a83-7000-b453-4a77fd7525e8/olga@demo.example.org/1','exchanges.confirm_joining','olga@demo.example.org','01a1fd6568e47000b5479e73fda2a37f','{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Midsummer surprise", "gifts_on": "2027-06-24", "participant_id": "01a1fd65-6a83-7000-b453-4a77fd7525e8", "budget": "around \u00a320"}','<01a1fd65-6a83-7001-b82a-c594fe7ba5fd@localhost>',1,'2026-11-21 09:17:24.481700','queued','2026-11-21 09:17:24.481700',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fd656ab6700098b4ea3f6a699db2','exchanges.confirm_joining/01a1fd65-6ab5-7000-9364-ba9d6f025a17/bjarne@demo.example.org/1','exchanges.confirm_joining','bjarne@demo.example.org','01a1fd6569a7700098096b23b3883771','{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Midsummer surprise", "gifts_on": "2027-06-24", "participant_id": "01a1fd65-6ab5-7000-9364-ba9d6f025a17", "budget": "around \u00a320"}','<01a1fd65-6ab6-7000-98b4-ea3f6a699db2@localhost>',1,'2026-11-21 09:17:24.521999','queued','2026-11-21 09:17:24.521999',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fd656ade7000a136bd222d6fcc21','exchanges.confirm_joining/01a1fd65-6adc-7000-888f-3ccc0d008039/ida@demo.example.org/1','exchanges.confirm_joining','ida@demo.example.org','01a1fd6569cb7000b099f545d9f054e9','{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Midsummer surprise", "gifts_on": "2027-06-24", "participant_id": "01a1fd65-6adc-7000-888f-3ccc0d008039", "budget": "around \u00a320"}','<01a1fd65-6ade-7000-a136-bd222d6fcc21@localhost>',1,'2026-11-21 09:17:24.569900','queued','2026-11-21 09:17:24.569900',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fd656b287000b26191dfc008a8c9','exchanges.confirm_joining/01a1fd65-6b27-7001-8183-15f706b3585e/frederik@demo.example.org/1','exchanges.confirm_joining','frederik@demo.example.org','01a1fd6569ed7000895eca85f021717f','{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Midsummer surprise", "gifts_on": "2027-06-24", "participant_id": "01a1fd65-6b27-7001-8183-15f706b3585e", "budget": "around \u00a320"}','<01a1fd65-6b28-7000-b261-91dfc008a8c9@localhost>',1,'2026-11-21 09:17:24.646344','queued','2026-11-21 09:17:24.646344',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fd656b6d7000a2636fbb6132d757','exchanges.confirm_joining/01a1fd65-6b64-7000-b32b-7321c209ca95/nora@demo.example.org/1','exchanges.confirm_joining','nora@demo.example.org','01a1fd656a177000962a8522e36af8d0','{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Midsummer surprise", "gifts_on": "2027-06-24", "participant_id": "01a1fd65-6b64-7000-b32b-7321c209ca95", "budget": "around \u00a320"}','<01a1fd65-6b6d-7000-a263-6fbb6132d757@localhost>',1,'2026-11-21 09:17:24.706741','queued','2026-11-21 09:17:24.706741',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fd656bd47000964e5dab39838765','exchanges.match_ready/01a1fd65-6a83-7000-b453-4a77fd7525e8/olga@demo.example.org/1','exchanges.match_ready','olga@demo.example.org','01a1fd6568e47000b5479e73fda2a37f','{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Midsummer surprise", "gifts_on": "2027-06-24", "participant_id": "01a1fd65-6a83-7000-b453-4a77fd7525e8", "budget": "around \u00a320", "slug": "tzffy9pkns7d"}','<01a1fd65-6bd4-7000-964e-5dab39838765@localhost>',1,'2026-11-21 09:17:24.788924','queued','2026-11-21 09:17:24.788924',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fd656bd47001a9b3910b7b59ba8b','exchanges.match_ready/01a1fd65-6ab5-7000-9364-ba9d6f025a17/bjarne@demo.example.org/1','exchanges.match_ready','bjarne@demo.example.org','01a1fd6569a7700098096b23b3883771','{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Midsummer surprise", "gifts_on": "2027-06-24", "participant_id": "01a1fd65-6ab5-7000-9364-ba9d6f025a17", "budget": "around \u00a320", "slug": "tzffy9pkns7d"}','<01a1fd65-6bd4-7001-a9b3-910b7b59ba8b@localhost>',1,'2026-11-21 09:17:24.788924','queued','2026-11-21 09:17:24.788924',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fd656bd47002b48586be0e4c2030','exchanges.match_ready/01a1fd65-6adc-7000-888f-3ccc0d008039/ida@demo.example.org/1','exchanges.match_ready','ida@demo.example.org','01a1fd6569cb7000b099f545d9f054e9','{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Midsummer surprise", "gifts_on": "2027-06-24", "participant_id": "01a1fd65-6adc-7000-888f-3ccc0d008039", "budget": "around \u00a320", "slug": "tzffy9pkns7d"}','<01a1fd65-6bd4-7002-b485-86be0e4c2030@localhost>',1,'2026-11-21 09:17:24.788924','queued','2026-11-21 09:17:24.788924',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fd656bd47003ab66cc68c18f7155','exchanges.match_ready/01a1fd65-6b27-7001-8183-15f706b3585e/frederik@demo.example.org/1','exchanges.match_ready','frederik@demo.example.org','01a1fd6569ed7000895eca85f021717f','{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Midsummer surprise", "gifts_on": "2027-06-24", "participant_id": "01a1fd65-6b27-7001-8183-15f706b3585e", "budget": "around \u00a320", "slug": "tzffy9pkns7d"}','<01a1fd65-6bd4-7003-ab66-cc68c18f7155@localhost>',1,'2026-11-21 09:17:24.788924','queued','2026-11-21 09:17:24.788924',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "outbox_letter" VALUES('01a1fd656bd470049ca5d1ace652e692','exchanges.match_ready/01a1fd65-6b64-7000-b32b-7321c209ca95/nora@demo.example.org/1','exchanges.match_ready','nora@demo.example.org','01a1fd656a177000962a8522e36af8d0','{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Midsummer surprise", "gifts_on": "2027-06-24", "participant_id": "01a1fd65-6b64-7000-b32b-7321c209ca95", "budget": "around \u00a320", "slug": "tzffy9pkns7d"}','<01a1fd65-6bd4-7004-9ca5-d1ace652e692@localhost>',1,'2026-11-21 09:17:24.788924','queued','2026-11-21 09:17:24.788924',0,0,0,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "person" VALUES('01a1fd6568e47000b5479e73fda2a37f','01a1fd6568e2700085a132cdfed6d450','Olga','olga@demo.example.org','en','2026-11-21 09:17:24.055094','2026-11-21 09:17:24.244550');
INSERT INTO "person" VALUES('01a1fd6569a7700098096b23b3883771','01a1fd6568e2700085a132cdfed6d450','Bjarne','bjarne@demo.example.org','en','2026-11-21 09:17:24.262288','2026-11-21 09:17:24.283297');
INSERT INTO "person" VALUES('01a1fd6569cb7000b099f545d9f054e9','01a1fd6568e2700085a132cdfed6d450','Ida','ida@demo.example.org','en','2026-11-21 09:17:24.297911','2026-11-21 09:17:24.315322');
INSERT INTO "person" VALUES('01a1fd6569ed7000895eca85f021717f','01a1fd6568e2700085a132cdfed6d450','Frederik','frederik@demo.example.org','en','2026-11-21 09:17:24.328252','2026-11-21 09:17:24.360467');
INSERT INTO "person" VALUES('01a1fd656a177000962a8522e36af8d0','01a1fd6568e2700085a132cdfed6d450','Nora','nora@demo.example.org','en','2026-11-21 09:17:24.374701','2026-11-21 09:17:24.391434');
INSERT INTO "person" VALUES('01a1fd656a3770008c08505fc887bdc9','01a1fd6568e2700085a132cdfed6d450','Emil','emil@demo.example.org','en','2026-11-21 09:17:24.406286','2026-11-21 09:17:24.433987');
INSERT INTO "person" VALUES('01a1fd656a637000a68c3fb0f26f14f3','01a1fd6568e2700085a132cdfed6d450','Astrid','astrid@demo.example.org','en','2026-11-21 09:17:24.449928',NULL);
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
INSERT INTO "web_session" VALUES('01a1fd65699a7000af21e58f150648ff',X'579567B37A038BD66C00157472EB01021B7EA825BE85B58E6EC3B3EB87E6EFC1','01a1fd6568e47000b5479e73fda2a37f',NULL,'2026-11-21 09:17:24.244550','2026-11-21 09:17:24.244550','2026-11-21 09:17:25.244550','2026-11-21 09:17:25.244550');
INSERT INTO "web_session" VALUES('01a1fd6569bc7000a54107e28d664178',X'A6F6230E554C2F4684064B191A80E85AE00BE28B8CA2B7FFF7EB6DE3F160250D','01a1fd6569a7700098096b23b3883771',NULL,'2026-11-21 09:17:24.283297','2026-11-21 09:17:24.283297','2026-11-21 09:17:25.283297','2026-11-21 09:17:25.283297');
INSERT INTO "web_session" VALUES('01a1fd6569dc7000bd35d5b79e34717b',X'7A4EC9D5B9967049F3EA326C54D46FE902EE903D05325D5C2236C200EBBCF5BB','01a1fd6569cb7000b099f545d9f054e9',NULL,'2026-11-21 09:17:24.315322','2026-11-21 09:17:24.315322','2026-11-21 09:17:25.315322','2026-11-21 09:17:25.315322');
INSERT INTO "web_session" VALUES('01a1fd656a0e70008297ace26f043b37',X'773C500512E7A5F51CA348BE027F9BCAA872B9E4FBAC46F94DFE7B8D174879D8','01a1fd6569ed7000895eca85f021717f',NULL,'2026-11-21 09:17:24.360467','2026-11-21 09:17:24.360467','2026-11-21 09:17:25.360467','2026-11-21 09:17:25.360467');
INSERT INTO "web_session" VALUES('01a1fd656a287000949e594ef97a4060',X'434865134EA4DAA7CA70BAC12014FA6EFC1629C02BB74C6D4A1DCACF3CB7C4BF','01a1fd656a177000962a8522e36af8d0',NULL,'2026-11-21 09:17:24.391434','2026-11-21 09:17:24.391434','2026-11-21 09:17:25.391434','2026-11-21 09:17:25.391434');
INSERT INTO "web_session" VALUES('01a1fd656a537000bdb1bb73540a83fd',X'86AE5EF9CE501609452E691C66C5797CC0225E2D7875AE45CAC0CE2EBEFEF367','01a1fd656a3770008c08505fc887bdc9',NULL,'2026-11-21 09:17:24.433987','2026-11-21 09:17:24.433987','2026-11-21 09:17:25.433987','2026-11-21 09:17:25.433987');
INSERT INTO "web_session" VALUES('01a1fd656a997000a549ae8b40e60ade',X'3A8B028AE43D81473DF84AD4E6A88B377335FEB6E76454F71E146F4455D62314','01a1fd6568e47000b5479e73fda2a37f',NULL,'2026-11-21 09:17:24.500786','2026-11-21 09:17:24.500786','2026-11-21 09:17:25.500786','2026-11-21 09:17:25.500786');
INSERT INTO "web_session" VALUES('01a1fd656acd70008287c4b4701b7e60',X'4567DA3074ADBE8EB21F9CBD7ECE226852452A04326B8692E31740D8D2DCA4FF','01a1fd6569a7700098096b23b3883771',NULL,'2026-11-21 09:17:24.556589','2026-11-21 09:17:24.556589','2026-11-21 09:17:25.556589','2026-11-21 09:17:25.556589');
INSERT INTO "web_session" VALUES('01a1fd656b0870009d61c1a04362b3d0',X'C6CBF52C63A6EA7EBDB50A5B689E847F68818FE0FC04B63AB3C2FEFDD4773074','01a1fd6569cb7000b099f545d9f054e9',NULL,'2026-11-21 09:17:24.615778','2026-11-21 09:17:24.615778','2026-11-21 09:17:25.615778','2026-11-21 09:17:25.615778');
INSERT INTO "web_session" VALUES('01a1fd656b4e7000be239bc690716d18',X'41745ADF318AD282BAF4CC8F8E2453C2B356BAC15BC8DB4E1DEF2678083F6848','01a1fd6569ed7000895eca85f021717f',NULL,'2026-11-21 09:17:24.685273','2026-11-21 09:17:24.685273','2026-11-21 09:17:25.685273','2026-11-21 09:17:25.685273');
INSERT INTO "web_session" VALUES('01a1fd656b837000ae0eae5017d2546c',X'BC843D5DD5B5ED9FCBA24E9A658DC23A569A6B95F5083E4E7AEBAA28D1293A0C','01a1fd656a177000962a8522e36af8d0',NULL,'2026-11-21 09:17:24.738516','2026-11-21 09:17:24.738516','2026-11-21 09:17:25.738516','2026-11-21 09:17:25.738516');
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
CREATE INDEX ix_exchange_circle_id ON exchange (circle_id);
CREATE INDEX ix_exchange_gifts_on ON exchange (gifts_on);
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
