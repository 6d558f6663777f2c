CREATE TABLE kinkeeper_release.access_token (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    name character varying NOT NULL,
    digest bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);
CREATE TABLE kinkeeper_release.account (
    id uuid NOT NULL,
    person_id uuid NOT NULL,
    email character varying NOT NULL,
    password_hash character varying NOT NULL,
    is_admin boolean NOT NULL,
    epoch integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_account_email_in_lower_case CHECK (((email)::text = lower((email)::text)))
);
CREATE TABLE kinkeeper_release.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE kinkeeper_release.audit_entry (
    id integer NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id uuid,
    actor_name character varying NOT NULL,
    action character varying NOT NULL,
    subject_id uuid,
    details json NOT NULL
);
CREATE SEQUENCE kinkeeper_release.audit_entry_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE kinkeeper_release.audit_entry_id_seq OWNED BY kinkeeper_release.audit_entry.id;
CREATE TABLE kinkeeper_release.circle (
    id uuid NOT NULL,
    name character varying NOT NULL,
    language character varying NOT NULL,
    zone character varying NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE kinkeeper_release.errand (
    id uuid NOT NULL,
    kind character varying NOT NULL,
    fields json NOT NULL,
    state character varying(32) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    tries integer NOT NULL,
    leased_until timestamp with time zone,
    last_error character varying,
    CONSTRAINT ck_errand_progress CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'running'::character varying, 'done'::character varying, 'dead'::character varying])::text[])))
);
CREATE TABLE kinkeeper_release.exchange (
    id uuid NOT NULL,
    circle_id uuid NOT NULL,
    organiser_id uuid NOT NULL,
    slug character varying NOT NULL,
    title character varying NOT NULL,
    description character varying NOT NULL,
    budget character varying NOT NULL,
    most_people integer,
    closes_on date NOT NULL,
    gifts_on date NOT NULL,
    zone character varying NOT NULL,
    state character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    drawn_at timestamp with time zone,
    CONSTRAINT ck_exchange_closes_before_gifts CHECK ((closes_on <= gifts_on)),
    CONSTRAINT ck_exchange_drawn_when_drawn CHECK ((((state)::text = 'drawn'::text) = (drawn_at IS NOT NULL))),
    CONSTRAINT ck_exchange_exchangestate CHECK (((state)::text = ANY ((ARRAY['open'::character varying, 'closed'::character varying, 'drawn'::character varying])::text[]))),
    CONSTRAINT ck_exchange_three_or_more CHECK ((most_people >= 3))
);
CREATE TABLE kinkeeper_release.exchange_assignment (
    draw_id uuid NOT NULL,
    giver_id uuid NOT NULL,
    receiver_sealed bytea NOT NULL,
    receiver_mark bytea NOT NULL
);
CREATE TABLE kinkeeper_release.exchange_draw (
    id uuid NOT NULL,
    exchange_id uuid NOT NULL,
    version integer NOT NULL,
    drawn_at timestamp with time zone NOT NULL,
    quality character varying(32) NOT NULL,
    CONSTRAINT ck_exchange_draw_quality CHECK (((quality)::text = ANY ((ARRAY['exact'::character varying, 'mixed'::character varying, 'capped'::character varying])::text[])))
);
CREATE TABLE kinkeeper_release.exchange_household_rule (
    exchange_id uuid NOT NULL,
    household_id uuid NOT NULL
);
CREATE TABLE kinkeeper_release.exchange_pair_rule (
    giver_id uuid NOT NULL,
    receiver_id uuid NOT NULL,
    exchange_id uuid NOT NULL,
    CONSTRAINT ck_exchange_pair_rule_two_people CHECK ((giver_id <> receiver_id))
);
CREATE TABLE kinkeeper_release.exchange_participant (
    id uuid NOT NULL,
    exchange_id uuid NOT NULL,
    person_id uuid,
    name character varying NOT NULL,
    wishes character varying NOT NULL,
    language character varying NOT NULL,
    salt bytea NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone
);
CREATE TABLE kinkeeper_release.guardian (
    ward_id uuid NOT NULL,
    guardian_id uuid NOT NULL,
    CONSTRAINT ck_guardian_guards_another CHECK ((ward_id <> guardian_id))
);
CREATE TABLE kinkeeper_release.household (
    id uuid NOT NULL,
    circle_id uuid NOT NULL,
    name character varying NOT NULL
);
CREATE TABLE kinkeeper_release.household_member (
    household_id uuid NOT NULL,
    person_id uuid NOT NULL
);
CREATE TABLE kinkeeper_release.limit_spending (
    key bytea NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    spent integer NOT NULL
);
CREATE TABLE kinkeeper_release.link (
    id uuid NOT NULL,
    purpose character varying NOT NULL,
    subject_id uuid NOT NULL,
    digest bytea NOT NULL,
    lasts_seconds integer NOT NULL,
    ends_at timestamp with time zone,
    used_at timestamp with time zone,
    voided_at timestamp with time zone
);
CREATE TABLE kinkeeper_release.master_key (
    generation integer NOT NULL,
    key_id bytea NOT NULL,
    since_at timestamp with time zone NOT NULL
);
CREATE TABLE kinkeeper_release.outbox_letter (
    id uuid NOT NULL,
    once character varying NOT NULL,
    kind character varying NOT NULL,
    "to" character varying NOT NULL,
    person_id uuid,
    fields json NOT NULL,
    message_id character varying NOT NULL,
    generation integer NOT NULL,
    queued_at timestamp with time zone NOT NULL,
    state character varying(32) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    doubts integer NOT NULL,
    fence integer NOT NULL,
    leased_by character varying,
    leased_until timestamp with time zone,
    sent_at timestamp with time zone,
    carrier character varying,
    provider_id character varying,
    last_error character varying,
    CONSTRAINT ck_outbox_letter_sending CHECK (((state)::text = ANY ((ARRAY['queued'::character varying, 'leased'::character varying, 'handing'::character varying, 'sent'::character varying, 'retry'::character varying, 'failed'::character varying, 'uncertain'::character varying, 'overtaken'::character varying])::text[])))
);
CREATE TABLE kinkeeper_release.person (
    id uuid NOT NULL,
    circle_id uuid NOT NULL,
    name character varying NOT NULL,
    email character varying,
    language character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    CONSTRAINT ck_person_email_in_lower_case CHECK (((email)::text = lower((email)::text)))
);
CREATE TABLE kinkeeper_release.sweep_slot (
    name character varying NOT NULL,
    slot timestamp with time zone NOT NULL,
    leased_until timestamp with time zone NOT NULL,
    finished_at timestamp with time zone
);
CREATE TABLE kinkeeper_release.web_session (
    id uuid NOT NULL,
    digest bytea NOT NULL,
    person_id uuid NOT NULL,
    account_id uuid,
    created_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    idle_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL
);
ALTER TABLE ONLY kinkeeper_release.audit_entry ALTER COLUMN id SET DEFAULT nextval('kinkeeper_release.audit_entry_id_seq'::regclass);
INSERT INTO kinkeeper_release.account VALUES ('01a1fd65-6fae-7000-af16-1a4bda4776df', '01a1fd65-6fa2-7000-a49b-57a9b48a5251', 'olga@demo.example.org', '$argon2id$v=19$m=19456,t=2,p=1$KZ73jxh+YYMfwdsbgpaVUA$+h/NtJMRbrEhYoxMmhrQOvGITaowIKAMtopuWORYcz4', true, 0, '2026-11-21 09:17:25.78764+00');
INSERT INTO kinkeeper_release.alembic_version VALUES ('0001');
INSERT INTO kinkeeper_release.audit_entry VALUES (1, '2026-11-21 09:17:25.78764+00', NULL, 'Kinkeeper', 'account.administrator_created', '01a1fd65-6fae-7000-af16-1a4bda4776df', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (2, '2026-11-21 09:17:25.822104+00', '01a1fd65-6fae-7000-af16-1a4bda4776df', 'Olga', 'exchange.begun', '01a1fd65-6fbe-7000-a6ec-8151b8e42ee8', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (3, '2026-11-21 09:17:26.307183+00', '01a1fd65-6fae-7000-af16-1a4bda4776df', 'Olga', 'exchange.begun', '01a1fd65-71a3-7000-b350-efa7bb507df9', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (4, '2026-11-21 09:17:26.753126+00', '01a1fd65-6fae-7000-af16-1a4bda4776df', 'Olga', 'exchange.household_ruled_out', '01a1fd65-71a3-7000-b350-efa7bb507df9', '{"people": 2}');
INSERT INTO kinkeeper_release.audit_entry VALUES (5, '2026-11-21 09:17:26.767983+00', '01a1fd65-6fae-7000-af16-1a4bda4776df', 'Olga', 'exchange.closed', '01a1fd65-71a3-7000-b350-efa7bb507df9', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (6, '2026-11-21 09:17:26.786472+00', '01a1fd65-6fae-7000-af16-1a4bda4776df', 'Olga', 'exchange.names_drawn', '01a1fd65-71a3-7000-b350-efa7bb507df9', '{"people": 5}');
INSERT INTO kinkeeper_release.circle VALUES ('01a1fd65-6f9c-7000-80bf-a5d1987c0caa', 'The Olsens', 'en', 'Europe/London', '2026-11-21 09:17:25.78764+00');
INSERT INTO kinkeeper_release.exchange VALUES ('01a1fd65-6fbe-7000-a6ec-8151b8e42ee8', '01a1fd65-6f9c-7000-80bf-a5d1987c0caa', '01a1fd65-6fa2-7000-a49b-57a9b48a5251', '72kf4c7nzkhe', 'Christmas at the Olsens', 'Home-made is welcome. Nobody needs another mug.', 'around £20', NULL, '2026-12-14', '2026-12-24', 'Europe/London', 'open', '2026-11-21 09:17:25.822104+00', NULL);
INSERT INTO kinkeeper_release.exchange VALUES ('01a1fd65-71a3-7000-b350-efa7bb507df9', '01a1fd65-6f9c-7000-80bf-a5d1987c0caa', '01a1fd65-6fa2-7000-a49b-57a9b48a5251', 'snh3x9q9nb3k', 'Midsummer surprise', 'Home-made is welcome. Nobody needs another mug.', 'around £20', NULL, '2027-06-14', '2027-06-24', 'Europe/London', 'drawn', '2026-11-21 09:17:26.307183+00', '2026-11-21 09:17:26.786472+00');
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1fd65-7382-7000-a298-d86beed9c968', '01a1fd65-71b5-7000-8d38-ddafcff9a1e3', '\x0155dd2f2e163a9806aaf31b6c2d0cef5dda3d82630735326798103c231c78ec6ec658fe10169a4f487fc9454dbc1129a3', '\xada5505fc03d47622e52ed248b022c79c02b381afb5f7917c80f8e4853ec58de');
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1fd65-7382-7000-a298-d86beed9c968', '01a1fd65-7233-7000-82b9-7a110e397765', '\x0155dd2f2e22a55e09785c04f8fa30a00bdd3f323810cf0e870930e279cc3aef65c60612b421260d32f35add91f1293c5e', '\x3ec9a96cd8a9a732a5abb2f25af987005f9379c0b58d2c1fbe8aed35565498a5');
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1fd65-7382-7000-a298-d86beed9c968', '01a1fd65-72a7-7000-b44d-779101e61fdc', '\x0155dd2f2ec4d0bfb5e0dd8668e835711f6b5343375ea401749d183e36c5155e4d25f359f4e4a27404c55c4b907ffaa879', '\x08bd154234b72e13e85ed7b62b8710711c414bde37daca04f385e64379f311af');
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1fd65-7382-7000-a298-d86beed9c968', '01a1fd65-72dd-7000-bbc4-003a4dd72e11', '\x0155dd2f2ee8e5a599a09ac20b76fbe6556424030c413fcef161413240da612fced4934a3e70f11248f20d56b32c47abae', '\x502da7192fecc5f05efa341823e58e63553061af0a8b03a8a5dbed820af62be0');
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1fd65-7382-7000-a298-d86beed9c968', '01a1fd65-7322-7000-a6b3-d368d0f45575', '\x0155dd2f2ee8ad022aba2698782fd7a441e8771a1662703d77c1f8022fba8f36980e1c4c4767a8ddb964dc2c4f0e6fdde5', '\x11524f80133e4fd4a23194e4288452308453fcc67d0d0db81cc7d7cdb10abf46');
INSERT INTO kinkeeper_release.exchange_draw VALUES ('01a1fd65-7382-7000-a298-d86beed9c968', '01a1fd65-71a3-7000-b350-efa7bb507df9', 1, '2026-11-21 09:17:26.786472+00', 'exact');
INSERT INTO kinkeeper_release.exchange_household_rule VALUES ('01a1fd65-71a3-7000-b350-efa7bb507df9', '01a1fd65-7356-7000-be22-e0f77d7d4c85');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fd65-6fed-7000-9232-c134d2c90211', '01a1fd65-6fbe-7000-a6ec-8151b8e42ee8', '01a1fd65-6fa2-7000-a49b-57a9b48a5251', 'Olga', 'Thick socks. And time for tea.', 'en', '\x237e7433497e8a5e2c9387deefb73de7', '2026-11-21 09:17:25.858657+00', '2026-11-21 09:17:25.937879+00');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fd65-7061-7000-a9d9-cda299af5a39', '01a1fd65-6fbe-7000-a6ec-8151b8e42ee8', '01a1fd65-705d-7000-9989-5f0b43bab7e7', 'Bjarne', 'A new kite, or a book about boats.', 'en', '\x0017a7638e0dc9a38966d68673227c9d', '2026-11-21 09:17:25.978013+00', '2026-11-21 09:17:26.011717+00');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fd65-7097-7000-bf6f-87d17307d61c', '01a1fd65-6fbe-7000-a6ec-8151b8e42ee8', '01a1fd65-7091-7000-8f81-fa1d50f8adfa', 'Ida', 'Watercolours', 'en', '\xf3960ffe3052c2441de330d18966dd24', '2026-11-21 09:17:26.031279+00', '2026-11-21 09:17:26.068418+00');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fd65-70cb-7000-854b-fdbdb0ad2722', '01a1fd65-6fbe-7000-a6ec-8151b8e42ee8', '01a1fd65-70c9-7000-84d1-69b62651c4e3', 'Frederik', '', 'en', '\x4248c94acd5a9b58284ed6059daf9a58', '2026-11-21 09:17:26.084025+00', '2026-11-21 09:17:26.114334+00');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fd65-70f8-7000-821e-cddf17b25e79', '01a1fd65-6fbe-7000-a6ec-8151b8e42ee8', '01a1fd65-70f7-7000-830d-36b0274fc906', 'Nora', 'Something for the balcony that survives me', 'en', '\x0f51703ef713f88c439a1334fafff5fb', '2026-11-21 09:17:26.129374+00', '2026-11-21 09:17:26.175917+00');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fd65-713d-7000-a01e-a96ecb20323c', '01a1fd65-6fbe-7000-a6ec-8151b8e42ee8', '01a1fd65-713b-7000-8559-8d7c68d7a59c', 'Emil', 'Lego, dinosaurs, or both', 'en', '\x4d7c338d5dc97984f1f5d4bff2c73ebd', '2026-11-21 09:17:26.202049+00', '2026-11-21 09:17:26.237695+00');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fd65-7190-7000-bc89-ef9d6720a1db', '01a1fd65-6fbe-7000-a6ec-8151b8e42ee8', '01a1fd65-7189-7000-a40a-7addde6ca1aa', 'Astrid', 'A good whetstone', 'en', '\x550dd3784c10a1035ccb2013776173eb', '2026-11-21 09:17:26.278767+00', NULL);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fd65-71b5-7000-8d38-ddafcff9a1e3', '01a1fd65-71a3-7000-b350-efa7bb507df9', '01a1fd65-6fa2-7000-a49b-57a9b48a5251', 'Olga', 'Thick socks. And time for tea.', 'en', '\x958bae7297fc1b07c6843c6174cb60a0', '2026-11-21 09:17:26.319058+00', '2026-11-21 09:17:26.419018+00');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fd65-7233-7000-82b9-7a110e397765', '01a1fd65-71a3-7000-b350-efa7bb507df9', '01a1fd65-705d-7000-9989-5f0b43bab7e7', 'Bjarne', 'A new kite, or a book about boats.', 'en', '\xb6ed5575adad7bf30250ac334448db6d', '2026-11-21 09:17:26.448441+00', '2026-11-21 09:17:26.529138+00');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fd65-72a7-7000-b44d-779101e61fdc', '01a1fd65-71a3-7000-b350-efa7bb507df9', '01a1fd65-7091-7000-8f81-fa1d50f8adfa', 'Ida', 'Watercolours', 'en', '\x39d159e19229d97d75c94e086f824bef', '2026-11-21 09:17:26.556933+00', '2026-11-21 09:17:26.598113+00');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fd65-72dd-7000-bbc4-003a4dd72e11', '01a1fd65-71a3-7000-b350-efa7bb507df9', '01a1fd65-70c9-7000-84d1-69b62651c4e3', 'Frederik', '', 'en', '\xe2512fe966eefa93de3f46370072322b', '2026-11-21 09:17:26.608588+00', '2026-11-21 09:17:26.663547+00');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fd65-7322-7000-a6b3-d368d0f45575', '01a1fd65-71a3-7000-b350-efa7bb507df9', '01a1fd65-70f7-7000-830d-36b0274fc906', 'Nora', 'Something for the balcony that survives me', 'en', '\xe722928afa2adbee9363b106be6bf337', '2026-11-21 09:17:26.682794+00', '2026-11-21 09:17:26.711291+00');
INSERT INTO kinkeeper_release.household VALUES ('01a1fd65-7356-7000-be22-e0f77d7d4c85', '01a1fd65-6f9c-7000-80bf-a5d1987c0caa', 'Oak Road');
INSERT INTO kinkeeper_release.household_member VALUES ('01a1fd65-7356-7000-be22-e0f77d7d4c85', '01a1fd65-705d-7000-9989-5f0b43bab7e7');
INSERT INTO kinkeeper_release.household_member VALUES ('01a1fd65-7356-7000-be22-e0f77d7d4c85', '01a1fd65-6fa2-7000-a49b-57a9b48a5251');
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x2726c08f462719b8133d964c2ccb72591b378b0663efbe9c6781cb4da841ffe6', '2026-11-21 10:17:26.190022+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xd4ef51e05b4d593b8bad783769d65ba3d3935128dad25f1e2853952a44cce52a', '2026-11-21 09:32:26.190022+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xc955e06ab19486231e3abbeb390eadfca9dfb5e2bdc04b3642659f228f7fdf7f', '2026-11-21 09:22:26.225106+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x0d724ae6aaf7d706d49e37cbc530640672ea1d67dbc6f8c154ee0726a10cb4b6', '2026-11-21 10:17:25.84331+00', 7);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xa711030d3c288dec4c793b3593e22b640a3ee7437171d75ec5f90a6d162be43d', '2026-11-21 09:32:26.272066+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xab84e7df6150565b165aee3c202796de21bf3c3c238c62b1a01d5a2a84cff24c', '2026-11-21 10:17:26.272066+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x7d5efb842782d623fa5e4ea7fa70c38cac297032775915f69c8924bf4d0b8f5f', '2026-11-21 10:17:25.84331+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xaa8032784984547d71e1048bc7feafab4c20ae3dc30dfda700aaee5f99fcdfa4', '2026-11-21 09:32:25.84331+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x97e4fe730211966ad85501cae57e6820738eacf11c22e14c5d4b724f0d08fb1b', '2026-11-21 09:22:25.91845+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x6a2730821b65ec16c357ca6c1ca68c2d0b4c9c771cd8feaf631b9de81f651115', '2026-11-21 10:17:25.972437+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x768b1d19b7fec6108b49ea622eaef394db3acf844cd04bd0003a8f1d85adde8f', '2026-11-21 09:32:25.972437+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x7350fdfcba5cd8d286f14a69c941cedd9f970fe078c021167a7ece516b2bf7ec', '2026-11-21 09:22:25.999629+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xb19a2df4a0541b811ba1d4fee7657f8a12bb50ee24c1adb5909fbfe00a82e218', '2026-11-21 09:32:26.024197+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xf687980b0f9fc0ccc733b381ac87aa08e3e752c81c625dd11842d074a4f8e0e6', '2026-11-21 10:17:26.024197+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x8ca01ca48398e922b4cf37a9508024c24fcc7876e985f6f2c080ea43d7554d88', '2026-11-21 09:22:26.055684+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x075307d0cb064b9b2c57cfc19e79f492a1894071bc747b67487b9e031c34101a', '2026-11-21 10:17:26.081609+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xadc8a691fc776736fadaaa429ef06e22f0770204e0c20ab94e823eef5c2f55d0', '2026-11-21 09:32:26.081609+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x5984c5f715c855261cf4750739a0d59d04965b876ebd45c9b7f2d120f09c6a6e', '2026-11-21 09:22:26.106981+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x47812b640e6b953319224352331e8379909b8e10e8153b377432cb4aa6286d52', '2026-11-21 10:17:26.313967+00', 5);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x6324ad23e02e970377ea11c626e6848c456c23c4198d8ad1e3866ef850cbf87e', '2026-11-21 09:32:26.126202+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xda191cc95d96825f64984a0bdda2923f60b7870523411f0a98302efe2232fde3', '2026-11-21 10:17:26.126202+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x5851be066129f99ec9c6f1a8f1f322f6f29bd563052860a1c936117008d4e909', '2026-11-21 09:22:26.163518+00', 2);
INSERT INTO kinkeeper_release.link VALUES ('01a1fd65-7005-7000-abd2-525cdde751ae', 'exchanges.confirm', '01a1fd65-6fed-7000-9232-c134d2c90211', '\x9c2ff28e6f632523d54ea258de83fa321cc4f7e675068f216142fcc519834822', 259200, NULL, '2026-11-21 09:17:25.937879+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fd65-7061-7001-a0bc-475bcfa6dd97', 'exchanges.confirm', '01a1fd65-7061-7000-a9d9-cda299af5a39', '\x6782bc070a439ab56c8f8d1a187b84a35cab4bd8761fc24d979c538decbaeaef', 259200, NULL, '2026-11-21 09:17:26.011717+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fd65-7098-7000-bf80-81ab7c6d17f5', 'exchanges.confirm', '01a1fd65-7097-7000-bf6f-87d17307d61c', '\xcf17c1c020bcb4afcb0038ba655b93997d66a0157bc88bb65508019a8bed3ca2', 259200, NULL, '2026-11-21 09:17:26.068418+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fd65-70cb-7001-8371-c9ca4e12b93a', 'exchanges.confirm', '01a1fd65-70cb-7000-854b-fdbdb0ad2722', '\x1da480539de6146630fb35c9095efd2d1c227519ef5ee3c7dd2d5fbe1054dc5e', 259200, NULL, '2026-11-21 09:17:26.114334+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fd65-70f9-7000-84d4-bb6ae50317f7', 'exchanges.confirm', '01a1fd65-70f8-7000-821e-cddf17b25e79', '\x7fd82d0fd8a3f45810fa20bc035f959ce96192fb8a790521f81900feeda823c6', 259200, NULL, '2026-11-21 09:17:26.175917+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fd65-713d-7001-87e3-61247eef7801', 'exchanges.confirm', '01a1fd65-713d-7000-a01e-a96ecb20323c', '\xa39f71c36a7d36422989ff6c8da56b0a81a346f273eb79f678f25f27452c6045', 259200, NULL, '2026-11-21 09:17:26.237695+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fd65-7190-7001-9647-eb4721277143', 'exchanges.confirm', '01a1fd65-7190-7000-bc89-ef9d6720a1db', '\x23349f91adb92b1c69e58dbc47af3ce97aae728f44babd6340e39bc29e7ccc26', 259200, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fd65-71b5-7001-95cd-b2c3dc3870ec', 'exchanges.confirm', '01a1fd65-71b5-7000-8d38-ddafcff9a1e3', '\x35212ca231bbca964578420d7ae4016a986aea2a12e8f497403899babb75aa15', 259200, NULL, '2026-11-21 09:17:26.419018+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fd65-7233-7001-87f6-940847c13c75', 'exchanges.confirm', '01a1fd65-7233-7000-82b9-7a110e397765', '\xe34660bde09330d6704f62f35d7222bc22ed0de3005e5d07254a29f192d1b392', 259200, NULL, '2026-11-21 09:17:26.529138+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fd65-72a7-7001-a21f-f2845a13432f', 'exchanges.confirm', '01a1fd65-72a7-7000-b44d-779101e61fdc', '\x41a13c33d7602d80c1ee257ef3307bc056b4d7b7e28838252bed13e8548f9211', 259200, NULL, '2026-11-21 09:17:26.598113+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fd65-72dd-7001-bfd7-f87530e4568f', 'exchanges.confirm', '01a1fd65-72dd-7000-bbc4-003a4dd72e11', '\x24e2f2b71eaaa796470c175e06f6dc8f89771ee436bc4df1457aefc29a0921f6', 259200, NULL, '2026-11-21 09:17:26.663547+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fd65-7322-7001-ba2e-f01592c6d7fd', 'exchanges.confirm', '01a1fd65-7322-7000-a6b3-d368d0f45575', '\xc8dba025433f9160f2847ae3138d4ff34f79e3df9da0b1e97e309954deab8b29', 259200, NULL, '2026-11-21 09:17:26.711291+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fd65-7397-7000-9fbe-054a912a48e7', 'exchanges.ready', '01a1fd65-71b5-7000-8d38-ddafcff9a1e3', '\xc43468bd2fd1c88de4829d074490f77f174e161b26436cbd99df3c48a5e4ae10', 259200, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fd65-7397-7001-827f-616f1bcdf774', 'exchanges.ready', '01a1fd65-7233-7000-82b9-7a110e397765', '\xd425f0491d63b7e43601edee6a0aa9eeafbcc6c0a41fb05d67f79f4903f0dade', 259200, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fd65-7397-7002-ba93-1d18889f0fbe', 'exchanges.ready', '01a1fd65-72a7-7000-b44d-779101e61fdc', '\x622722c8ca645afe5d2679ab6781a50dfb07fc89e560c60a1f625e0bd8648b8c', 259200, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fd65-7397-7003-98c7-88401aa8136a', 'exchanges.ready', '01a1fd65-72dd-7000-bbc4-003a4dd72e11', '\x2bd3d4226a9643351a14e657b9c42d48f2f8d0e276747de40959400567081c5b', 259200, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fd65-7397-7004-83bc-acccd1493f61', 'exchanges.ready', '01a1fd65-7322-7000-a6b3-d368d0f45575', '\xff23056b8217c3ddb82cad471862121314332222dee1b0056c772deda2ccd471', 259200, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.master_key VALUES (1, '\x55dd2f2e', '2026-11-21 09:17:25.709997+00');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fd65-7005-7000-abd2-525cdde751ae', 'exchanges.confirm_joining/01a1fd65-6fed-7000-9232-c134d2c90211/olga@demo.example.org/1', 'exchanges.confirm_joining', 'olga@demo.example.org', '01a1fd65-6fa2-7000-a49b-57a9b48a5251', '{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Christmas at the Olsens", "gifts_on": "2026-12-24", "participant_id": "01a1fd65-6fed-7000-9232-c134d2c90211", "budget": "around \u00a320"}', '<01a1fd65-7005-7000-abd2-525cdde751ae@localhost>', 1, '2026-11-21 09:17:25.858657+00', 'queued', '2026-11-21 09:17:25.858657+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fd65-7061-7001-a0bc-475bcfa6dd97', 'exchanges.confirm_joining/01a1fd65-7061-7000-a9d9-cda299af5a39/bjarne@demo.example.org/1', 'exchanges.confirm_joining', 'bjarne@demo.example.org', '01a1fd65-705d-7000-9989-5f0b43bab7e7', '{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Christmas at the Olsens", "gifts_on": "2026-12-24", "participant_id": "01a1fd65-7061-7000-a9d9-cda299af5a39", "budget": "around \u00a320"}', '<01a1fd65-7061-7001-a0bc-475bcfa6dd97@localhost>', 1, '2026-11-21 09:17:25.978013+00', 'queued', '2026-11-21 09:17:25.978013+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fd65-7098-7000-bf80-81ab7c6d17f5', 'exchanges.confirm_joining/01a1fd65-7097-7000-bf6f-87d17307d61c/ida@demo.example.org/1', 'exchanges.confirm_joining', 'ida@demo.example.org', '01a1fd65-7091-7000-8f81-fa1d50f8adfa', '{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Christmas at the Olsens", "gifts_on": "2026-12-24", "participant_id": "01a1fd65-7097-7000-bf6f-87d17307d61c", "budget": "around \u00a320"}', '<01a1fd65-7098-7000-bf80-81ab7c6d17f5@localhost>', 1, '2026-11-21 09:17:26.031279+00', 'queued', '2026-11-21 09:17:26.031279+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fd65-70cb-7001-8371-c9ca4e12b93a', 'exchanges.confirm_joining/01a1fd65-70cb-7000-854b-fdbdb0ad2722/frederik@demo.example.org/1', 'exchanges.confirm_joining', 'frederik@demo.example.org', '01a1fd65-70c9-7000-84d1-69b62651c4e3', '{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Christmas at the Olsens", "gifts_on": "2026-12-24", "participant_id": "01a1fd65-70cb-7000-854b-fdbdb0ad2722", "budget": "around \u00a320"}', '<01a1fd65-70cb-7001-8371-c9ca4e12b93a@localhost>', 1, '2026-11-21 09:17:26.084025+00', 'queued', '2026-11-21 09:17:26.084025+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fd65-70f9-7000-84d4-bb6ae50317f7', 'exchanges.confirm_joining/01a1fd65-70f8-7000-821e-cddf17b25e79/nora@demo.example.org/1', 'exchanges.confirm_joining', 'nora@demo.example.org', '01a1fd65-70f7-7000-830d-36b0274fc906', '{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Christmas at the Olsens", "gifts_on": "2026-12-24", "participant_id": "01a1fd65-70f8-7000-821e-cddf17b25e79", "budget": "around \u00a320"}', '<01a1fd65-70f9-7000-84d4-bb6ae50317f7@localhost>', 1, '2026-11-21 09:17:26.129374+00', 'queued', '2026-11-21 09:17:26.129374+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fd65-713d-7001-87e3-61247eef7801', 'exchanges.confirm_joining/01a1fd65-713d-7000-a01e-a96ecb20323c/emil@demo.example.org/1', 'exchanges.confirm_joining', 'emil@demo.example.org', '01a1fd65-713b-7000-8559-8d7c68d7a59c', '{"to": "emil@demo.example.org", "language": "en", "name": "Emil", "title": "Christmas at the Olsens", "gifts_on": "2026-12-24", "participant_id": "01a1fd65-713d-7000-a01e-a96ecb20323c", "budget": "around \u00a320"}', '<01a1fd65-713d-7001-87e3-61247eef7801@localhost>', 1, '2026-11-21 09:17:26.202049+00', 'queued', '2026-11-21 09:17:26.202049+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fd65-7190-7001-9647-eb4721277143', 'exchanges.confirm_joining/01a1fd65-7190-7000-bc89-ef9d6720a1db/astrid@demo.example.org/1', 'exchanges.confirm_joining', 'astrid@demo.example.org', '01a1fd65-7189-7000-a40a-7addde6ca1aa', '{"to": "astrid@demo.example.org", "language": "en", "name": "Astrid", "title": "Christmas at the Olsens", "gifts_on": "2026-12-24", "participant_id": "01a1fd65-7190-7000-bc89-ef9d6720a1db", "budget": "around \u00a320"}', '<01a1fd65-7190-7001-9647-eb4721277143@localhost>', 1, '2026-11-21 09:17:26.278767+00', 'queued', '2026-11-21 09:17:26.278767+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fd65-71b5-7001-95cd-b2c3dc3870ec', 'exchanges.confirm_joining/01a1fd65-71b5-7000-8d38-ddafcff9a1e3/olga@demo.example.org/1', 'exchanges.confirm_joining', 'olga@demo.example.org', '01a1fd65-6fa2-7000-a49b-57a9b48a5251', '{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Midsummer surprise", "gifts_on": "2027-06-24", "participant_id": "01a1fd65-71b5-7000-8d38-ddafcff9a1e3", "budget": "around \u00a320"}', '<01a1fd65-71b5-7001-95cd-b2c3dc3870ec@localhost>', 1, '2026-11-21 09:17:26.319058+00', 'queued', '2026-11-21 09:17:26.319058+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fd65-7233-7001-87f6-940847c13c75', 'exchanges.confirm_joining/01a1fd65-7233-7000-82b9-7a110e397765/bjarne@demo.example.org/1', 'exchanges.confirm_joining', 'bjarne@demo.example.org', '01a1fd65-705d-7000-9989-5f0b43bab7e7', '{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Midsummer surprise", "gifts_on": "2027-06-24", "participant_id": "01a1fd65-7233-7000-82b9-7a110e397765", "budget": "around \u00a320"}', '<01a1fd65-7233-7001-87f6-940847c13c75@localhost>', 1, '2026-11-21 09:17:26.448441+00', 'queued', '2026-11-21 09:17:26.448441+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fd65-72a7-7001-a21f-f2845a13432f', 'exchanges.confirm_joining/01a1fd65-72a7-7000-b44d-779101e61fdc/ida@demo.example.org/1', 'exchanges.confirm_joining', 'ida@demo.example.org', '01a1fd65-7091-7000-8f81-fa1d50f8adfa', '{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Midsummer surprise", "gifts_on": "2027-06-24", "participant_id": "01a1fd65-72a7-7000-b44d-779101e61fdc", "budget": "around \u00a320"}', '<01a1fd65-72a7-7001-a21f-f2845a13432f@localhost>', 1, '2026-11-21 09:17:26.556933+00', 'queued', '2026-11-21 09:17:26.556933+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fd65-72dd-7001-bfd7-f87530e4568f', 'exchanges.confirm_joining/01a1fd65-72dd-7000-bbc4-003a4dd72e11/frederik@demo.example.org/1', 'exchanges.confirm_joining', 'frederik@demo.example.org', '01a1fd65-70c9-7000-84d1-69b62651c4e3', '{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Midsummer surprise", "gifts_on": "2027-06-24", "participant_id": "01a1fd65-72dd-7000-bbc4-003a4dd72e11", "budget": "around \u00a320"}', '<01a1fd65-72dd-7001-bfd7-f87530e4568f@localhost>', 1, '2026-11-21 09:17:26.608588+00', 'queued', '2026-11-21 09:17:26.608588+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fd65-7322-7001-ba2e-f01592c6d7fd', 'exchanges.confirm_joining/01a1fd65-7322-7000-a6b3-d368d0f45575/nora@demo.example.org/1', 'exchanges.confirm_joining', 'nora@demo.example.org', '01a1fd65-70f7-7000-830d-36b0274fc906', '{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Midsummer surprise", "gifts_on": "2027-06-24", "participant_id": "01a1fd65-7322-7000-a6b3-d368d0f45575", "budget": "around \u00a320"}', '<01a1fd65-7322-7001-ba2e-f01592c6d7fd@localhost>', 1, '2026-11-21 09:17:26.682794+00', 'queued', '2026-11-21 09:17:26.682794+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fd65-7397-7000-9fbe-054a912a48e7', 'exchanges.match_ready/01a1fd65-71b5-7000-8d38-ddafcff9a1e3/olga@demo.example.org/1', 'exchanges.match_ready', 'olga@demo.example.org', '01a1fd65-6fa2-7000-a49b-57a9b48a5251', '{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Midsummer surprise", "gifts_on": "2027-06-24", "participant_id": "01a1fd65-71b5-7000-8d38-ddafcff9a1e3", "budget": "around \u00a320", "slug": "snh3x9q9nb3k"}', '<01a1fd65-7397-7000-9fbe-054a912a48e7@localhost>', 1, '2026-11-21 09:17:26.786472+00', 'queued', '2026-11-21 09:17:26.786472+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fd65-7397-7001-827f-616f1bcdf774', 'exchanges.match_ready/01a1fd65-7233-7000-82b9-7a110e397765/bjarne@demo.example.org/1', 'exchanges.match_ready', 'bjarne@demo.example.org', '01a1fd65-705d-7000-9989-5f0b43bab7e7', '{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Midsummer surprise", "gifts_on": "2027-06-24", "participant_id": "01a1fd65-7233-7000-82b9-7a110e397765", "budget": "around \u00a320", "slug": "snh3x9q9nb3k"}', '<01a1fd65-7397-7001-827f-616f1bcdf774@localhost>', 1, '2026-11-21 09:17:26.786472+00', 'queued', '2026-11-21 09:17:26.786472+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fd65-7397-7002-ba93-1d18889f0fbe', 'exchanges.match_ready/01a1fd65-72a7-7000-b44d-779101e61fdc/ida@demo.example.org/1', 'exchanges.match_ready', 'ida@demo.example.org', '01a1fd65-7091-7000-8f81-fa1d50f8adfa', '{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Midsummer surprise", "gifts_on": "2027-06-24", "participant_id": "01a1fd65-72a7-7000-b44d-779101e61fdc", "budget": "around \u00a320", "slug": "snh3x9q9nb3k"}', '<01a1fd65-7397-7002-ba93-1d18889f0fbe@localhost>', 1, '2026-11-21 09:17:26.786472+00', 'queued', '2026-11-21 09:17:26.786472+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fd65-7397-7003-98c7-88401aa8136a', 'exchanges.match_ready/01a1fd65-72dd-7000-bbc4-003a4dd72e11/frederik@demo.example.org/1', 'exchanges.match_ready', 'frederik@demo.example.org', '01a1fd65-70c9-7000-84d1-69b62651c4e3', '{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Midsummer surprise", "gifts_on": "2027-06-24", "participant_id": "01a1fd65-72dd-7000-bbc4-003a4dd72e11", "budget": "around \u00a320", "slug": "snh3x9q9nb3k"}', '<01a1fd65-7397-7003-98c7-88401aa8136a@localhost>', 1, '2026-11-21 09:17:26.786472+00', 'queued', '2026-11-21 09:17:26.786472+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fd65-7397-7004-83bc-acccd1493f61', 'exchanges.match_ready/01a1fd65-7322-7000-a6b3-d368d0f45575/nora@demo.example.org/1', 'exchanges.match_ready', 'nora@demo.example.org', '01a1fd65-70f7-7000-830d-36b0274fc906', '{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Midsummer surprise", "gifts_on": "2027-06-24", "participant_id": "01a1fd65-7322-7000-a6b3-d368d0f45575", "budget": "around \u00a320", "slug": "snh3x9q9nb3k"}', '<01a1fd65-7397-7004-83bc-acccd1493f61@localhost>', 1, '2026-11-21 09:17:26.786472+00', 'queued', '2026-11-21 09:17:26.786472+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.person VALUES ('01a1fd65-6fa2-7000-a49b-57a9b48a5251', '01a1fd65-6f9c-7000-80bf-a5d1987c0caa', 'Olga', 'olga@demo.example.org', 'en', '2026-11-21 09:17:25.78764+00', '2026-11-21 09:17:25.937879+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fd65-705d-7000-9989-5f0b43bab7e7', '01a1fd65-6f9c-7000-80bf-a5d1987c0caa', 'Bjarne', 'bjarne@demo.example.org', 'en', '2026-11-21 09:17:25.978013+00', '2026-11-21 09:17:26.011717+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fd65-7091-7000-8f81-fa1d50f8adfa', '01a1fd65-6f9c-7000-80bf-a5d1987c0caa', 'Ida', 'ida@demo.example.org', 'en', '2026-11-21 09:17:26.031279+00', '2026-11-21 09:17:26.068418+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fd65-70c9-7000-84d1-69b62651c4e3', '01a1fd65-6f9c-7000-80bf-a5d1987c0caa', 'Frederik', 'frederik@demo.example.org', 'en', '2026-11-21 09:17:26.084025+00', '2026-11-21 09:17:26.114334+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fd65-70f7-7000-830d-36b0274fc906', '01a1fd65-6f9c-7000-80bf-a5d1987c0caa', 'Nora', 'nora@demo.example.org', 'en', '2026-11-21 09:17:26.129374+00', '2026-11-21 09:17:26.175917+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fd65-713b-7000-8559-8d7c68d7a59c', '01a1fd65-6f9c-7000-80bf-a5d1987c0caa', 'Emil', 'emil@demo.example.org', 'en', '2026-11-21 09:17:26.202049+00', '2026-11-21 09:17:26.237695+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fd65-7189-7000-a40a-7addde6ca1aa', '01a1fd65-6f9c-7000-80bf-a5d1987c0caa', 'Astrid', 'astrid@demo.example.org', 'en', '2026-11-21 09:17:26.278767+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fd65-703d-7000-bc01-c7ac714c5050', '\xa46efc6b5762cd9251d4feac5dc0fd37efe2ca7fc936387dd46e0f06104774c9', '01a1fd65-6fa2-7000-a49b-57a9b48a5251', NULL, '2026-11-21 09:17:25.937879+00', '2026-11-21 09:17:25.937879+00', '2026-11-21 09:17:26.937879+00', '2026-11-21 09:17:26.937879+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fd65-7082-7000-a48a-47a2003fdaf7', '\xd12e461f9df302879a2d409093d7300b13145b4f1c2c2eda079f0e66f1d19f1c', '01a1fd65-705d-7000-9989-5f0b43bab7e7', NULL, '2026-11-21 09:17:26.011717+00', '2026-11-21 09:17:26.011717+00', '2026-11-21 09:17:27.011717+00', '2026-11-21 09:17:27.011717+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fd65-70ba-7000-96ec-044f8e88205a', '\x0c5a3d50c82acec8db757b63493df07fe0ef4fca018fd31f8581f8a4279bde03', '01a1fd65-7091-7000-8f81-fa1d50f8adfa', NULL, '2026-11-21 09:17:26.068418+00', '2026-11-21 09:17:26.068418+00', '2026-11-21 09:17:27.068418+00', '2026-11-21 09:17:27.068418+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fd65-70e7-7000-b564-605c914af09c', '\xdc75de9283b036e112e5751b86fff1b40eca743d721f52eedfa0ea965685a649', '01a1fd65-70c9-7000-84d1-69b62651c4e3', NULL, '2026-11-21 09:17:26.114334+00', '2026-11-21 09:17:26.114334+00', '2026-11-21 09:17:27.114334+00', '2026-11-21 09:17:27.114334+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fd65-7128-7000-8102-f743d2a5c891', '\xc6e9656dc02b19487442811ddedc9a096219b4de3a9e7359fd420940897a61b9', '01a1fd65-70f7-7000-830d-36b0274fc906', NULL, '2026-11-21 09:17:26.175917+00', '2026-11-21 09:17:26.175917+00', '2026-11-21 09:17:27.175917+00', '2026-11-21 09:17:27.175917+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fd65-7171-7000-aec7-fe0e2890e314', '\x3083fc16d414c9f5ee8849879cbc7b89a322917277d9cabe3905db7dfafd2178', '01a1fd65-713b-7000-8559-8d7c68d7a59c', NULL, '2026-11-21 09:17:26.237695+00', '2026-11-21 09:17:26.237695+00', '2026-11-21 09:17:27.237695+00', '2026-11-21 09:17:27.237695+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fd65-7218-7000-b73c-47c660d3dc0c', '\x214f3b15b9fbdac791b4644bb5786b6a4fab25d5ca53598c905809c395767fb9', '01a1fd65-6fa2-7000-a49b-57a9b48a5251', NULL, '2026-11-21 09:17:26.419018+00', '2026-11-21 09:17:26.419018+00', '2026-11-21 09:17:27.419018+00', '2026-11-21 09:17:27.419018+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fd65-728a-7000-80f9-4cca28227b85', '\x7a381f4595b6935373ddc6622ec3104430d605cc478926d10e482e917facc7ad', '01a1fd65-705d-7000-9989-5f0b43bab7e7', NULL, '2026-11-21 09:17:26.529138+00', '2026-11-21 09:17:26.529138+00', '2026-11-21 09:17:27.529138+00', '2026-11-21 09:17:27.529138+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fd65-72c8-7000-a080-3a1af8ac7ed3', '\x00763ebfaf341b24613029d9bcadad15d7cb58e39785e0149e6199aa13496aea', '01a1fd65-7091-7000-8f81-fa1d50f8adfa', NULL, '2026-11-21 09:17:26.598113+00', '2026-11-21 09:17:26.598113+00', '2026-11-21 09:17:27.598113+00', '2026-11-21 09:17:27.598113+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fd65-730e-7000-b0c8-c1fead891403', '\xa0ffdbd59da9e8f21f40d08c7be897f2d61ceb951695bf12684faf4651a95540', '01a1fd65-70c9-7000-84d1-69b62651c4e3', NULL, '2026-11-21 09:17:26.663547+00', '2026-11-21 09:17:26.663547+00', '2026-11-21 09:17:27.663547+00', '2026-11-21 09:17:27.663547+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fd65-733d-7000-b7a2-56dabc8cc449', '\xa5f705e635ada16978f738f2347b0b99c4cc5febd1da0b7bd911b926e924ef42', '01a1fd65-70f7-7000-830d-36b0274fc906', NULL, '2026-11-21 09:17:26.711291+00', '2026-11-21 09:17:26.711291+00', '2026-11-21 09:17:27.711291+00', '2026-11-21 09:17:27.711291+00');
ALTER TABLE ONLY kinkeeper_release.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY kinkeeper_release.access_token
    ADD CONSTRAINT pk_access_token PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.account
    ADD CONSTRAINT pk_account PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.audit_entry
    ADD CONSTRAINT pk_audit_entry PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.circle
    ADD CONSTRAINT pk_circle PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.errand
    ADD CONSTRAINT pk_errand PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.exchange
    ADD CONSTRAINT pk_exchange PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.exchange_assignment
    ADD CONSTRAINT pk_exchange_assignment PRIMARY KEY (draw_id, giver_id);
ALTER TABLE ONLY kinkeeper_release.exchange_draw
    ADD CONSTRAINT pk_exchange_draw PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.exchange_household_rule
    ADD CONSTRAINT pk_exchange_household_rule PRIMARY KEY (exchange_id, household_id);
ALTER TABLE ONLY kinkeeper_release.exchange_pair_rule
    ADD CONSTRAINT pk_exchange_pair_rule PRIMARY KEY (giver_id, receiver_id);
ALTER TABLE ONLY kinkeeper_release.exchange_participant
    ADD CONSTRAINT pk_exchange_participant PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.guardian
    ADD CONSTRAINT pk_guardian PRIMARY KEY (ward_id, guardian_id);
ALTER TABLE ONLY kinkeeper_release.household
    ADD CONSTRAINT pk_household PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.household_member
    ADD CONSTRAINT pk_household_member PRIMARY KEY (household_id, person_id);
ALTER TABLE ONLY kinkeeper_release.limit_spending
    ADD CONSTRAINT pk_limit_spending PRIMARY KEY (key);
ALTER TABLE ONLY kinkeeper_release.link
    ADD CONSTRAINT pk_link PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.master_key
    ADD CONSTRAINT pk_master_key PRIMARY KEY (generation);
ALTER TABLE ONLY kinkeeper_release.outbox_letter
    ADD CONSTRAINT pk_outbox_letter PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.person
    ADD CONSTRAINT pk_person PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.sweep_slot
    ADD CONSTRAINT pk_sweep_slot PRIMARY KEY (name, slot);
ALTER TABLE ONLY kinkeeper_release.web_session
    ADD CONSTRAINT pk_web_session PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.access_token
    ADD CONSTRAINT uq_access_token_digest UNIQUE (digest);
ALTER TABLE ONLY kinkeeper_release.account
    ADD CONSTRAINT uq_account_email UNIQUE (email);
ALTER TABLE ONLY kinkeeper_release.account
    ADD CONSTRAINT uq_account_person_id UNIQUE (person_id);
ALTER TABLE ONLY kinkeeper_release.exchange_assignment
    ADD CONSTRAINT uq_exchange_assignment_draw_id_receiver_mark UNIQUE (draw_id, receiver_mark);
ALTER TABLE ONLY kinkeeper_release.exchange_draw
    ADD CONSTRAINT uq_exchange_draw_exchange_id_version UNIQUE (exchange_id, version);
ALTER TABLE ONLY kinkeeper_release.exchange_participant
    ADD CONSTRAINT uq_exchange_participant_exchange_id_person_id UNIQUE (exchange_id, person_id);
ALTER TABLE ONLY kinkeeper_release.exchange
    ADD CONSTRAINT uq_exchange_slug UNIQUE (slug);
ALTER TABLE ONLY kinkeeper_release.link
    ADD CONSTRAINT uq_link_digest UNIQUE (digest);
ALTER TABLE ONLY kinkeeper_release.outbox_letter
    ADD CONSTRAINT uq_outbox_letter_once UNIQUE (once);
ALTER TABLE ONLY kinkeeper_release.person
    ADD CONSTRAINT uq_person_circle_id_email UNIQUE (circle_id, email);
ALTER TABLE ONLY kinkeeper_release.web_session
    ADD CONSTRAINT uq_web_session_digest UNIQUE (digest);
CREATE INDEX ix_access_token_account_id_created_at ON kinkeeper_release.access_token USING btree (account_id, created_at);
CREATE INDEX ix_access_token_ends_at ON kinkeeper_release.access_token USING btree (ends_at);
CREATE INDEX ix_audit_entry_actor_id ON kinkeeper_release.audit_entry USING btree (actor_id);
CREATE INDEX ix_audit_entry_at ON kinkeeper_release.audit_entry USING btree (at);
CREATE INDEX ix_audit_entry_subject_id_at ON kinkeeper_release.audit_entry USING btree (subject_id, at);
CREATE INDEX ix_errand_state_due_at ON kinkeeper_release.errand USING btree (state, due_at);
CREATE INDEX ix_exchange_assignment_giver_id ON kinkeeper_release.exchange_assignment USING btree (giver_id);
CREATE INDEX ix_exchange_circle_id ON kinkeeper_release.exchange USING btree (circle_id);
CREATE INDEX ix_exchange_gifts_on ON kinkeeper_release.exchange USING btree (gifts_on);
CREATE INDEX ix_exchange_household_rule_household_id ON kinkeeper_release.exchange_household_rule USING btree (household_id);
CREATE INDEX ix_exchange_organiser_id_gifts_on ON kinkeeper_release.exchange USING btree (organiser_id, gifts_on);
CREATE INDEX ix_exchange_pair_rule_exchange_id ON kinkeeper_release.exchange_pair_rule USING btree (exchange_id);
CREATE INDEX ix_exchange_pair_rule_receiver_id ON kinkeeper_release.exchange_pair_rule USING btree (receiver_id);
CREATE INDEX ix_exchange_participant_person_id ON kinkeeper_release.exchange_participant USING btree (person_id);
CREATE INDEX ix_guardian_guardian_id ON kinkeeper_release.guardian USING btree (guardian_id);
CREATE INDEX ix_household_circle_id ON kinkeeper_release.household USING btree (circle_id);
CREATE INDEX ix_household_member_person_id ON kinkeeper_release.household_member USING btree (person_id);
CREATE INDEX ix_limit_spending_ends_at ON kinkeeper_release.limit_spending USING btree (ends_at);
CREATE INDEX ix_link_ends_at ON kinkeeper_release.link USING btree (ends_at);
CREATE INDEX ix_link_subject_id ON kinkeeper_release.link USING btree (subject_id);
CREATE INDEX ix_outbox_letter_person_id ON kinkeeper_release.outbox_letter USING btree (person_id);
CREATE INDEX ix_outbox_letter_queued_at_id ON kinkeeper_release.outbox_letter USING btree (queued_at, id);
CREATE INDEX ix_outbox_letter_state_due_at ON kinkeeper_release.outbox_letter USING btree (state, due_at);
CREATE INDEX ix_outbox_letter_to ON kinkeeper_release.outbox_letter USING btree ("to");
CREATE INDEX ix_person_email ON kinkeeper_release.person USING btree (email);
CREATE INDEX ix_web_session_account_id ON kinkeeper_release.web_session USING btree (account_id);
CREATE INDEX ix_web_session_idle_at ON kinkeeper_release.web_session USING btree (idle_at);
CREATE INDEX ix_web_session_person_id ON kinkeeper_release.web_session USING btree (person_id);
ALTER TABLE ONLY kinkeeper_release.access_token
    ADD CONSTRAINT fk_access_token_account_id_account FOREIGN KEY (account_id) REFERENCES kinkeeper_release.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.account
    ADD CONSTRAINT fk_account_person_id_person FOREIGN KEY (person_id) REFERENCES kinkeeper_release.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_assignment
    ADD CONSTRAINT fk_exchange_assignment_draw_id_exchange_draw FOREIGN KEY (draw_id) REFERENCES kinkeeper_release.exchange_draw(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_assignment
    ADD CONSTRAINT fk_exchange_assignment_giver_id_exchange_participant FOREIGN KEY (giver_id) REFERENCES kinkeeper_release.exchange_participant(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange
    ADD CONSTRAINT fk_exchange_circle_id_circle FOREIGN KEY (circle_id) REFERENCES kinkeeper_release.circle(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_draw
    ADD CONSTRAINT fk_exchange_draw_exchange_id_exchange FOREIGN KEY (exchange_id) REFERENCES kinkeeper_release.exchange(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_household_rule
    ADD CONSTRAINT fk_exchange_household_rule_exchange_id_exchange FOREIGN KEY (exchange_id) REFERENCES kinkeeper_release.exchange(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_household_rule
    ADD CONSTRAINT fk_exchange_household_rule_household_id_household FOREIGN KEY (household_id) REFERENCES kinkeeper_release.household(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange
    ADD CONSTRAINT fk_exchange_organiser_id_person FOREIGN KEY (organiser_id) REFERENCES kinkeeper_release.person(id);
ALTER TABLE ONLY kinkeeper_release.exchange_pair_rule
    ADD CONSTRAINT fk_exchange_pair_rule_exchange_id_exchange FOREIGN KEY (exchange_id) REFERENCES kinkeeper_release.exchange(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_pair_rule
    ADD CONSTRAINT fk_exchange_pair_rule_giver_id_exchange_participant FOREIGN KEY (giver_id) REFERENCES kinkeeper_release.exchange_participant(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_pair_rule
    ADD CONSTRAINT fk_exchange_pair_rule_receiver_id_exchange_participant FOREIGN KEY (receiver_id) REFERENCES kinkeeper_release.exchange_participant(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_participant
    ADD CONSTRAINT fk_exchange_participant_exchange_id_exchange FOREIGN KEY (exchange_id) REFERENCES kinkeeper_release.exchange(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_participant
    ADD CONSTRAINT fk_exchange_participant_person_id_person FOREIGN KEY (person_id) REFERENCES kinkeeper_release.person(id);
ALTER TABLE ONLY kinkeeper_release.guardian
    ADD CONSTRAINT fk_guardian_guardian_id_person FOREIGN KEY (guardian_id) REFERENCES kinkeeper_release.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.guardian
    ADD CONSTRAINT fk_guardian_ward_id_person FOREIGN KEY (ward_id) REFERENCES kinkeeper_release.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.household
    ADD CONSTRAINT fk_household_circle_id_circle FOREIGN KEY (circle_id) REFERENCES kinkeeper_release.circle(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.household_member
    ADD CONSTRAINT fk_household_member_household_id_household FOREIGN KEY (household_id) REFERENCES kinkeeper_release.household(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.household_member
    ADD CONSTRAINT fk_household_member_person_id_person FOREIGN KEY (person_id) REFERENCES kinkeeper_release.person(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.person
    ADD CONSTRAINT fk_person_circle_id_circle FOREIGN KEY (circle_id) REFERENCES kinkeeper_release.circle(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.web_session
    ADD CONSTRAINT fk_web_session_account_id_account FOREIGN KEY (account_id) REFERENCES kinkeeper_release.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.web_session
    ADD CONSTRAINT fk_web_session_person_id_person FOREIGN KEY (person_id) REFERENCES kinkeeper_release.person(id) ON DELETE CASCADE;
