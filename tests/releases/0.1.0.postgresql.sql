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
CREATE TABLE kinkeeper_release.outbox_letter (
    id uuid NOT NULL,
    once character varying NOT NULL,
    kind character varying NOT NULL,
    "to" character varying NOT NULL,
    fields json NOT NULL,
    message_id character varying NOT NULL,
    generation integer NOT NULL,
    queued_at timestamp with time zone NOT NULL,
    state character varying(32) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    fence integer NOT NULL,
    leased_by character varying,
    leased_until timestamp with time zone,
    sent_at timestamp with time zone,
    carrier character varying,
    provider_id character varying,
    outcome character varying(32),
    last_error character varying,
    CONSTRAINT ck_outbox_letter_outcome CHECK (((outcome)::text = ANY ((ARRAY['refused'::character varying, 'bounced'::character varying, 'complained'::character varying, 'suppressed'::character varying])::text[]))),
    CONSTRAINT ck_outbox_letter_sending CHECK (((state)::text = ANY ((ARRAY['queued'::character varying, 'leased'::character varying, 'handing'::character varying, 'sent'::character varying, 'retry'::character varying, 'failed'::character varying, 'uncertain'::character varying, 'held'::character varying, 'cancelled'::character varying])::text[])))
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
INSERT INTO kinkeeper_release.account VALUES ('01a1fcb2-274a-7000-86c8-382f70a48ee8', '01a1fcb2-2747-7000-b2ef-3d823d8680e7', 'olga@demo.example.org', '$argon2id$v=19$m=19456,t=2,p=1$3kiOPkibgsVL2RK5XuKOFQ$UucoW3S+xUA6VH12Xg9HEe6JKZ+EJ+6BZw7k4m7vpwM', true, 0, '2026-11-21 06:01:36.325366+00');
INSERT INTO kinkeeper_release.alembic_version VALUES ('0001');
INSERT INTO kinkeeper_release.audit_entry VALUES (1, '2026-11-21 06:01:36.325366+00', NULL, 'Kinkeeper', 'account.administrator_created', '01a1fcb2-274a-7000-86c8-382f70a48ee8', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (2, '2026-11-21 06:01:36.339726+00', '01a1fcb2-274a-7000-86c8-382f70a48ee8', 'Olga', 'exchange.begun', '01a1fcb2-2753-7000-b8a0-c4a19dea2fb4', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (3, '2026-11-21 06:01:36.591307+00', '01a1fcb2-274a-7000-86c8-382f70a48ee8', 'Olga', 'exchange.begun', '01a1fcb2-284f-7000-ac71-570ac47f0c98', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (4, '2026-11-21 06:01:36.77121+00', '01a1fcb2-274a-7000-86c8-382f70a48ee8', 'Olga', 'exchange.household_ruled_out', '01a1fcb2-284f-7000-ac71-570ac47f0c98', '{"people": 2}');
INSERT INTO kinkeeper_release.audit_entry VALUES (5, '2026-11-21 06:01:36.775847+00', '01a1fcb2-274a-7000-86c8-382f70a48ee8', 'Olga', 'exchange.closed', '01a1fcb2-284f-7000-ac71-570ac47f0c98', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (6, '2026-11-21 06:01:36.787797+00', '01a1fcb2-274a-7000-86c8-382f70a48ee8', 'Olga', 'exchange.names_drawn', '01a1fcb2-284f-7000-ac71-570ac47f0c98', '{"people": 5}');
INSERT INTO kinkeeper_release.circle VALUES ('01a1fcb2-2746-7000-92a3-407156fd1208', 'The Olsens', 'en', 'Europe/London', '2026-11-21 06:01:36.325366+00');
INSERT INTO kinkeeper_release.exchange VALUES ('01a1fcb2-2753-7000-b8a0-c4a19dea2fb4', '01a1fcb2-2746-7000-92a3-407156fd1208', '01a1fcb2-2747-7000-b2ef-3d823d8680e7', 'y7v7ma79vsbx', 'Christmas at the Olsens', 'Home-made is welcome. Nobody needs another mug.', 'around £20', NULL, '2026-12-11', '2026-12-21', 'Europe/London', 'open', '2026-11-21 06:01:36.339726+00', NULL);
INSERT INTO kinkeeper_release.exchange VALUES ('01a1fcb2-284f-7000-ac71-570ac47f0c98', '01a1fcb2-2746-7000-92a3-407156fd1208', '01a1fcb2-2747-7000-b2ef-3d823d8680e7', 'ekv7wmd8a67m', 'Midsummer surprise', 'Home-made is welcome. Nobody needs another mug.', 'around £20', NULL, '2027-01-10', '2027-01-20', 'Europe/London', 'drawn', '2026-11-21 06:01:36.591307+00', '2026-11-21 06:01:36.787797+00');
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1fcb2-2913-7000-9e2d-a1c0e69bd2fd', '01a1fcb2-285c-7000-be48-fb64018f9f52', '\x0155dd2f2e8e9a5c75b9fa876d38357890521d9efff29db3084c2996e237eda5d40537a8282ac66f83e60c74c2a8420d1d', '\x84753a18e2e3889c37a9d183a9faf34264a11891da5d220c4a61c76e060f5343');
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1fcb2-2913-7000-9e2d-a1c0e69bd2fd', '01a1fcb2-2885-7000-9326-275fc4b58508', '\x0155dd2f2eea844b740cef0aeae99598712b94fdf8d0bf4eae5a91a88c301678edd47361b642b255dd7ed43dee400bd79d', '\xe7875ccda3e218326ee6822c2c2b5ee0ab34a023c0e043c9d8dff47395b37a99');
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1fcb2-2913-7000-9e2d-a1c0e69bd2fd', '01a1fcb2-28a4-7000-b1e6-637b98fb5e7d', '\x0155dd2f2e289a32520d9e6ca50619c8a4b27bd0bde63eae30dfac9c6623ae58b126da0e2b1c8d2b772f7b3eeca733a191', '\x9fae4e5211b730a527e528bb82e01f95e9e6696259dd035162f9209d18b41315');
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1fcb2-2913-7000-9e2d-a1c0e69bd2fd', '01a1fcb2-28c0-7000-a616-46bfa4dca089', '\x0155dd2f2e1521137e8b914166cabe1e7ac3cfb96a5fd0598cd10365986f27a4ab1e57e866d3966a13d05ec9c519a3d44b', '\x6b1b2b6ec92746d0189f90e9a57453b48b53119ce30a364b9a44e84f8830f99a');
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1fcb2-2913-7000-9e2d-a1c0e69bd2fd', '01a1fcb2-28dd-7000-a607-7dfd9fe43618', '\x0155dd2f2e512a0ed89aa226edad1eb16f327048d8324ea6a74a643a03ee38c04b070ad1be353d03ab1b1b4aedda8161ae', '\xd49974198af1cae5c9826c776afdab5d16895e3a0e1cd7eeb50b97383fc61a69');
INSERT INTO kinkeeper_release.exchange_draw VALUES ('01a1fcb2-2913-7000-9e2d-a1c0e69bd2fd', '01a1fcb2-284f-7000-ac71-570ac47f0c98', 1, '2026-11-21 06:01:36.787797+00', 'exact');
INSERT INTO kinkeeper_release.exchange_household_rule VALUES ('01a1fcb2-284f-7000-ac71-570ac47f0c98', '01a1fcb2-28fe-7000-9f68-6a8f68644489');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fcb2-2763-7000-a544-644fa832277c', '01a1fcb2-2753-7000-b8a0-c4a19dea2fb4', '01a1fcb2-2747-7000-b2ef-3d823d8680e7', 'Olga', 'Thick socks. And time for tea.', 'en', '\x11540bb6252aae05249f9fd3aff88e83', '2026-11-21 06:01:36.352993+00', '2026-11-21 06:01:36.38144+00');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fcb2-27a1-7000-8e01-305e0714e419', '01a1fcb2-2753-7000-b8a0-c4a19dea2fb4', '01a1fcb2-27a0-7000-9d25-59ec80499637', 'Bjarne', 'A new kite, or a book about boats.', 'en', '\x7177bcd51d1bc393e6fc41d69fde8e8a', '2026-11-21 06:01:36.415347+00', '2026-11-21 06:01:36.435027+00');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fcb2-27c6-7000-8c79-dcbb17976b0d', '01a1fcb2-2753-7000-b8a0-c4a19dea2fb4', '01a1fcb2-27c3-7000-9ece-ca28f809361a', 'Ida', 'Watercolours', 'en', '\x2575ab801a777702ecec87d77e19ec9a', '2026-11-21 06:01:36.451002+00', '2026-11-21 06:01:36.470296+00');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fcb2-27e9-7000-a870-bec447228492', '01a1fcb2-2753-7000-b8a0-c4a19dea2fb4', '01a1fcb2-27e6-7000-b9c0-cd156bb17dc8', 'Frederik', '', 'en', '\x535aba8110037477c007d19b69693a7b', '2026-11-21 06:01:36.486433+00', '2026-11-21 06:01:36.505465+00');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fcb2-2810-7000-8e1c-2315d6299fb9', '01a1fcb2-2753-7000-b8a0-c4a19dea2fb4', '01a1fcb2-280a-7000-a61a-4d5fc11827b1', 'Nora', 'Something for the balcony that survives me', 'en', '\x4eac9e5f3e8152729396ca9dc64547a1', '2026-11-21 06:01:36.521704+00', '2026-11-21 06:01:36.541857+00');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fcb2-2828-7000-b52b-4891076bfeab', '01a1fcb2-2753-7000-b8a0-c4a19dea2fb4', '01a1fcb2-2827-7000-8864-619af55dce88', 'Emil', 'Lego, dinosaurs, or both', 'en', '\x3ace807287449e8e94df15154a3d6a43', '2026-11-21 06:01:36.551383+00', '2026-11-21 06:01:36.559893+00');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fcb2-2845-7000-b5d8-0dc82a9bfe75', '01a1fcb2-2753-7000-b8a0-c4a19dea2fb4', '01a1fcb2-2844-7000-bf52-48f70477ecc5', 'Astrid', 'A good whetstone', 'en', '\x2643b2f5e616401e87a5e79e59ab2971', '2026-11-21 06:01:36.579475+00', NULL);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fcb2-285c-7000-be48-fb64018f9f52', '01a1fcb2-284f-7000-ac71-570ac47f0c98', '01a1fcb2-2747-7000-b2ef-3d823d8680e7', 'Olga', 'Thick socks. And time for tea.', 'en', '\x7c1f10e0ea422e65c1e843677081fb84', '2026-11-21 06:01:36.602971+00', '2026-11-21 06:01:36.624156+00');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fcb2-2885-7000-9326-275fc4b58508', '01a1fcb2-284f-7000-ac71-570ac47f0c98', '01a1fcb2-27a0-7000-9d25-59ec80499637', 'Bjarne', 'A new kite, or a book about boats.', 'en', '\xa35eb966759c2a31bd63b9e99fa6bcd6', '2026-11-21 06:01:36.643398+00', '2026-11-21 06:01:36.659121+00');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fcb2-28a4-7000-b1e6-637b98fb5e7d', '01a1fcb2-284f-7000-ac71-570ac47f0c98', '01a1fcb2-27c3-7000-9ece-ca28f809361a', 'Ida', 'Watercolours', 'en', '\x79f24a0ccf482b8f85817f81c7712e7c', '2026-11-21 06:01:36.674667+00', '2026-11-21 06:01:36.68706+00');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fcb2-28c0-7000-a616-46bfa4dca089', '01a1fcb2-284f-7000-ac71-570ac47f0c98', '01a1fcb2-27e6-7000-b9c0-cd156bb17dc8', 'Frederik', '', 'en', '\x9d805f01c9799023aea1245fa3460c1a', '2026-11-21 06:01:36.703359+00', '2026-11-21 06:01:36.719219+00');
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fcb2-28dd-7000-a607-7dfd9fe43618', '01a1fcb2-284f-7000-ac71-570ac47f0c98', '01a1fcb2-280a-7000-a61a-4d5fc11827b1', 'Nora', 'Something for the balcony that survives me', 'en', '\x087a1aa6ed2e45b2cee15cdcdd89da19', '2026-11-21 06:01:36.731408+00', '2026-11-21 06:01:36.755338+00');
INSERT INTO kinkeeper_release.household VALUES ('01a1fcb2-28fe-7000-9f68-6a8f68644489', '01a1fcb2-2746-7000-92a3-407156fd1208', 'Oak Road');
INSERT INTO kinkeeper_release.household_member VALUES ('01a1fcb2-28fe-7000-9f68-6a8f68644489', '01a1fcb2-2747-7000-b2ef-3d823d8680e7');
INSERT INTO kinkeeper_release.household_member VALUES ('01a1fcb2-28fe-7000-9f68-6a8f68644489', '01a1fcb2-27a0-7000-9d25-59ec80499637');
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x2726c08f462719b8133d964c2ccb72591b378b0663efbe9c6781cb4da841ffe6', '2026-11-21 07:01:36.547857+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xd4ef51e05b4d593b8bad783769d65ba3d3935128dad25f1e2853952a44cce52a', '2026-11-21 06:16:36.547857+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xc955e06ab19486231e3abbeb390eadfca9dfb5e2bdc04b3642659f228f7fdf7f', '2026-11-21 06:06:36.557567+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xa711030d3c288dec4c793b3593e22b640a3ee7437171d75ec5f90a6d162be43d', '2026-11-21 06:16:36.566957+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xab84e7df6150565b165aee3c202796de21bf3c3c238c62b1a01d5a2a84cff24c', '2026-11-21 07:01:36.566957+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xeb331d2b9621e7292223bb379af6bf19c8f641677a0a14d14490b77be685b8e2', '2026-11-21 07:01:36.344335+00', 7);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x7d5efb842782d623fa5e4ea7fa70c38cac297032775915f69c8924bf4d0b8f5f', '2026-11-21 07:01:36.344335+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xaa8032784984547d71e1048bc7feafab4c20ae3dc30dfda700aaee5f99fcdfa4', '2026-11-21 06:16:36.344335+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x97e4fe730211966ad85501cae57e6820738eacf11c22e14c5d4b724f0d08fb1b', '2026-11-21 06:06:36.373737+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x6a2730821b65ec16c357ca6c1ca68c2d0b4c9c771cd8feaf631b9de81f651115', '2026-11-21 07:01:36.402678+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x768b1d19b7fec6108b49ea622eaef394db3acf844cd04bd0003a8f1d85adde8f', '2026-11-21 06:16:36.402678+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x7350fdfcba5cd8d286f14a69c941cedd9f970fe078c021167a7ece516b2bf7ec', '2026-11-21 06:06:36.429763+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xb19a2df4a0541b811ba1d4fee7657f8a12bb50ee24c1adb5909fbfe00a82e218', '2026-11-21 06:16:36.443446+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xf687980b0f9fc0ccc733b381ac87aa08e3e752c81c625dd11842d074a4f8e0e6', '2026-11-21 07:01:36.443446+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x8ca01ca48398e922b4cf37a9508024c24fcc7876e985f6f2c080ea43d7554d88', '2026-11-21 06:06:36.467012+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x075307d0cb064b9b2c57cfc19e79f492a1894071bc747b67487b9e031c34101a', '2026-11-21 07:01:36.476719+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xadc8a691fc776736fadaaa429ef06e22f0770204e0c20ab94e823eef5c2f55d0', '2026-11-21 06:16:36.476719+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x5984c5f715c855261cf4750739a0d59d04965b876ebd45c9b7f2d120f09c6a6e', '2026-11-21 06:06:36.50252+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x6324ad23e02e970377ea11c626e6848c456c23c4198d8ad1e3866ef850cbf87e', '2026-11-21 06:16:36.51318+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x70c55a106ce2bb1dc38c1d9050160d3cd814e34470b503f0cb59e584c2a454a9', '2026-11-21 07:01:36.597415+00', 5);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xda191cc95d96825f64984a0bdda2923f60b7870523411f0a98302efe2232fde3', '2026-11-21 07:01:36.51318+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x5851be066129f99ec9c6f1a8f1f322f6f29bd563052860a1c936117008d4e909', '2026-11-21 06:06:36.537983+00', 2);
INSERT INTO kinkeeper_release.link VALUES ('01a1fcb2-276a-7000-9925-fa2072d553b9', 'exchanges.confirm', '01a1fcb2-2763-7000-a544-644fa832277c', '\x08476b3cb6f87de8830a879e9ffe06fa7575c2bacc0b6fbfddc113bc6bd79ba1', 259200, NULL, '2026-11-21 06:01:36.38144+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fcb2-27a2-7000-a7e3-4ac73d5a997d', 'exchanges.confirm', '01a1fcb2-27a1-7000-8e01-305e0714e419', '\x565775091984f507f7fa76144bf15e9a5990aa03d6e1a43fdc210f7d22e47d33', 259200, NULL, '2026-11-21 06:01:36.435027+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fcb2-27c6-7001-bd04-11b8b1299d8b', 'exchanges.confirm', '01a1fcb2-27c6-7000-8c79-dcbb17976b0d', '\x54a63c547f85fb379fb8ac4f2c0e8d6fcf6ccf40f0f0483a8f6b1586294fab22', 259200, NULL, '2026-11-21 06:01:36.470296+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fcb2-27ea-7000-8ccc-490a09e92228', 'exchanges.confirm', '01a1fcb2-27e9-7000-a870-bec447228492', '\x9b3215e8a9ebd4751acaf4d1d88947268c5e2d0148133be0983d798ac16695c6', 259200, NULL, '2026-11-21 06:01:36.505465+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fcb2-2811-7000-b629-7c57507f70ac', 'exchanges.confirm', '01a1fcb2-2810-7000-8e1c-2315d6299fb9', '\x5d885854c6f3806a63440ce593693765441125073bfa7123be84cec065efa9c6', 259200, NULL, '2026-11-21 06:01:36.541857+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fcb2-2829-7000-b8db-44d783aab702', 'exchanges.confirm', '01a1fcb2-2828-7000-b52b-4891076bfeab', '\xdf3bac6362e98430de88ab53b1c862d2696d3a0a22268699c1af23ad0de8c5dc', 259200, NULL, '2026-11-21 06:01:36.559893+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fcb2-2845-7001-a14d-8cd18b4b5bfa', 'exchanges.confirm', '01a1fcb2-2845-7000-b5d8-0dc82a9bfe75', '\x2e293e82944881d4c04ee14c476b36f08b0df2c66cc5391bccba49990f5acdd6', 259200, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fcb2-285c-7001-9d4f-62667f9cfa71', 'exchanges.confirm', '01a1fcb2-285c-7000-be48-fb64018f9f52', '\xc48728d577ac74ff6441c633faeae8ea5f22c2bfde82b495a438f8c703752ac1', 259200, NULL, '2026-11-21 06:01:36.624156+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fcb2-2885-7001-965d-568526f45969', 'exchanges.confirm', '01a1fcb2-2885-7000-9326-275fc4b58508', '\x70cad1988f75ea57ab8cde667c464c7233a29b2d06b628eef744d7e7e2b92ac4', 259200, NULL, '2026-11-21 06:01:36.659121+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fcb2-28a4-7001-9039-28fa4a387915', 'exchanges.confirm', '01a1fcb2-28a4-7000-b1e6-637b98fb5e7d', '\xa9137ff171644f1c9d7d77c0db611fe0583197edb62206ba0f62c174682c1f7a', 259200, NULL, '2026-11-21 06:01:36.68706+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fcb2-28c1-7000-b92b-d6d82161a275', 'exchanges.confirm', '01a1fcb2-28c0-7000-a616-46bfa4dca089', '\xec8bd0ba78639242452a46ce67d41765cd8f64089cfad61b9c458ee093494c41', 259200, NULL, '2026-11-21 06:01:36.719219+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fcb2-28de-7000-a7d9-a5ed8c394e05', 'exchanges.confirm', '01a1fcb2-28dd-7000-a607-7dfd9fe43618', '\x447163e94985aa554999118ab0088fda31d467743f078314bcc9541b7079326d', 259200, NULL, '2026-11-21 06:01:36.755338+00', NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fcb2-2924-7000-8048-5c95461a8d63', 'exchanges.ready', '01a1fcb2-285c-7000-be48-fb64018f9f52', '\xbcc7f0fac52cea5cfa77845d66a7a16a669b5352335c103728b2b74a984b04c1', 259200, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fcb2-2926-7000-bfd3-1d3dd7e210b0', 'exchanges.ready', '01a1fcb2-2885-7000-9326-275fc4b58508', '\xafbb04b475343e5ef6bb77d37d2cc847baac84fb91c172984bd90ed55ed6e9e2', 259200, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fcb2-2928-7000-befc-d41a679b891b', 'exchanges.ready', '01a1fcb2-28a4-7000-b1e6-637b98fb5e7d', '\xddf214f8eb8a2d4a1a6ce91dd51fefe6ce8f1412c9c5f7c58004fccd405f83c6', 259200, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fcb2-292b-7000-8392-40a38ae56696', 'exchanges.ready', '01a1fcb2-28c0-7000-a616-46bfa4dca089', '\xfcda7e43b47de78c5928c7b043cfd5e6ba1919c95356e24f279c3de04fc21d0a', 259200, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fcb2-2932-7000-8cfa-573ea702f7f8', 'exchanges.ready', '01a1fcb2-28dd-7000-a607-7dfd9fe43618', '\x36773dcded94fa270d4aa63fd903618cb81d4752a8ea41e5b6bd60ff6d293162', 259200, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fcb2-276a-7000-9925-fa2072d553b9', 'exchanges.confirm_joining/01a1fcb2-2763-7000-a544-644fa832277c/olga@demo.example.org/1', 'exchanges.confirm_joining', 'olga@demo.example.org', '{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Christmas at the Olsens", "gifts_on": "2026-12-21", "participant_id": "01a1fcb2-2763-7000-a544-644fa832277c", "budget": "around \u00a320"}', '<01a1fcb2-276a-7000-9925-fa2072d553b9@house.test>', 1, '2026-11-21 06:01:36.352993+00', 'queued', '2026-11-21 06:01:36.352993+00', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fcb2-27a2-7000-a7e3-4ac73d5a997d', 'exchanges.confirm_joining/01a1fcb2-27a1-7000-8e01-305e0714e419/bjarne@demo.example.org/1', 'exchanges.confirm_joining', 'bjarne@demo.example.org', '{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Christmas at the Olsens", "gifts_on": "2026-12-21", "participant_id": "01a1fcb2-27a1-7000-8e01-305e0714e419", "budget": "around \u00a320"}', '<01a1fcb2-27a2-7000-a7e3-4ac73d5a997d@house.test>', 1, '2026-11-21 06:01:36.415347+00', 'queued', '2026-11-21 06:01:36.415347+00', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fcb2-27c6-7001-bd04-11b8b1299d8b', 'exchanges.confirm_joining/01a1fcb2-27c6-7000-8c79-dcbb17976b0d/ida@demo.example.org/1', 'exchanges.confirm_joining', 'ida@demo.example.org', '{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Christmas at the Olsens", "gifts_on": "2026-12-21", "participant_id": "01a1fcb2-27c6-7000-8c79-dcbb17976b0d", "budget": "around \u00a320"}', '<01a1fcb2-27c6-7001-bd04-11b8b1299d8b@house.test>', 1, '2026-11-21 06:01:36.451002+00', 'queued', '2026-11-21 06:01:36.451002+00', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fcb2-27ea-7000-8ccc-490a09e92228', 'exchanges.confirm_joining/01a1fcb2-27e9-7000-a870-bec447228492/frederik@demo.example.org/1', 'exchanges.confirm_joining', 'frederik@demo.example.org', '{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Christmas at the Olsens", "gifts_on": "2026-12-21", "participant_id": "01a1fcb2-27e9-7000-a870-bec447228492", "budget": "around \u00a320"}', '<01a1fcb2-27ea-7000-8ccc-490a09e92228@house.test>', 1, '2026-11-21 06:01:36.486433+00', 'queued', '2026-11-21 06:01:36.486433+00', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fcb2-2811-7000-b629-7c57507f70ac', 'exchanges.confirm_joining/01a1fcb2-2810-7000-8e1c-2315d6299fb9/nora@demo.example.org/1', 'exchanges.confirm_joining', 'nora@demo.example.org', '{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Christmas at the Olsens", "gifts_on": "2026-12-21", "participant_id": "01a1fcb2-2810-7000-8e1c-2315d6299fb9", "budget": "around \u00a320"}', '<01a1fcb2-2811-7000-b629-7c57507f70ac@house.test>', 1, '2026-11-21 06:01:36.521704+00', 'queued', '2026-11-21 06:01:36.521704+00', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fcb2-2829-7000-b8db-44d783aab702', 'exchanges.confirm_joining/01a1fcb2-2828-7000-b52b-4891076bfeab/emil@demo.example.org/1', 'exchanges.confirm_joining', 'emil@demo.example.org', '{"to": "emil@demo.example.org", "language": "en", "name": "Emil", "title": "Christmas at the Olsens", "gifts_on": "2026-12-21", "participant_id": "01a1fcb2-2828-7000-b52b-4891076bfeab", "budget": "around \u00a320"}', '<01a1fcb2-2829-7000-b8db-44d783aab702@house.test>', 1, '2026-11-21 06:01:36.551383+00', 'queued', '2026-11-21 06:01:36.551383+00', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fcb2-2845-7001-a14d-8cd18b4b5bfa', 'exchanges.confirm_joining/01a1fcb2-2845-7000-b5d8-0dc82a9bfe75/astrid@demo.example.org/1', 'exchanges.confirm_joining', 'astrid@demo.example.org', '{"to": "astrid@demo.example.org", "language": "en", "name": "Astrid", "title": "Christmas at the Olsens", "gifts_on": "2026-12-21", "participant_id": "01a1fcb2-2845-7000-b5d8-0dc82a9bfe75", "budget": "around \u00a320"}', '<01a1fcb2-2845-7001-a14d-8cd18b4b5bfa@house.test>', 1, '2026-11-21 06:01:36.579475+00', 'queued', '2026-11-21 06:01:36.579475+00', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fcb2-285c-7001-9d4f-62667f9cfa71', 'exchanges.confirm_joining/01a1fcb2-285c-7000-be48-fb64018f9f52/olga@demo.example.org/1', 'exchanges.confirm_joining', 'olga@demo.example.org', '{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Midsummer surprise", "gifts_on": "2027-01-20", "participant_id": "01a1fcb2-285c-7000-be48-fb64018f9f52", "budget": "around \u00a320"}', '<01a1fcb2-285c-7001-9d4f-62667f9cfa71@house.test>', 1, '2026-11-21 06:01:36.602971+00', 'queued', '2026-11-21 06:01:36.602971+00', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fcb2-2885-7001-965d-568526f45969', 'exchanges.confirm_joining/01a1fcb2-2885-7000-9326-275fc4b58508/bjarne@demo.example.org/1', 'exchanges.confirm_joining', 'bjarne@demo.example.org', '{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Midsummer surprise", "gifts_on": "2027-01-20", "participant_id": "01a1fcb2-2885-7000-9326-275fc4b58508", "budget": "around \u00a320"}', '<01a1fcb2-2885-7001-965d-568526f45969@house.test>', 1, '2026-11-21 06:01:36.643398+00', 'queued', '2026-11-21 06:01:36.643398+00', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fcb2-28a4-7001-9039-28fa4a387915', 'exchanges.confirm_joining/01a1fcb2-28a4-7000-b1e6-637b98fb5e7d/ida@demo.example.org/1', 'exchanges.confirm_joining', 'ida@demo.example.org', '{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Midsummer surprise", "gifts_on": "2027-01-20", "participant_id": "01a1fcb2-28a4-7000-b1e6-637b98fb5e7d", "budget": "around \u00a320"}', '<01a1fcb2-28a4-7001-9039-28fa4a387915@house.test>', 1, '2026-11-21 06:01:36.674667+00', 'queued', '2026-11-21 06:01:36.674667+00', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fcb2-28c1-7000-b92b-d6d82161a275', 'exchanges.confirm_joining/01a1fcb2-28c0-7000-a616-46bfa4dca089/frederik@demo.example.org/1', 'exchanges.confirm_joining', 'frederik@demo.example.org', '{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Midsummer surprise", "gifts_on": "2027-01-20", "participant_id": "01a1fcb2-28c0-7000-a616-46bfa4dca089", "budget": "around \u00a320"}', '<01a1fcb2-28c1-7000-b92b-d6d82161a275@house.test>', 1, '2026-11-21 06:01:36.703359+00', 'queued', '2026-11-21 06:01:36.703359+00', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fcb2-28de-7000-a7d9-a5ed8c394e05', 'exchanges.confirm_joining/01a1fcb2-28dd-7000-a607-7dfd9fe43618/nora@demo.example.org/1', 'exchanges.confirm_joining', 'nora@demo.example.org', '{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Midsummer surprise", "gifts_on": "2027-01-20", "participant_id": "01a1fcb2-28dd-7000-a607-7dfd9fe43618", "budget": "around \u00a320"}', '<01a1fcb2-28de-7000-a7d9-a5ed8c394e05@house.test>', 1, '2026-11-21 06:01:36.731408+00', 'queued', '2026-11-21 06:01:36.731408+00', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fcb2-2924-7000-8048-5c95461a8d63', 'exchanges.match_ready/01a1fcb2-285c-7000-be48-fb64018f9f52/olga@demo.example.org/1', 'exchanges.match_ready', 'olga@demo.example.org', '{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Midsummer surprise", "gifts_on": "2027-01-20", "participant_id": "01a1fcb2-285c-7000-be48-fb64018f9f52", "budget": "around \u00a320"}', '<01a1fcb2-2924-7000-8048-5c95461a8d63@house.test>', 1, '2026-11-21 06:01:36.787797+00', 'queued', '2026-11-21 06:01:36.787797+00', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fcb2-2926-7000-bfd3-1d3dd7e210b0', 'exchanges.match_ready/01a1fcb2-2885-7000-9326-275fc4b58508/bjarne@demo.example.org/1', 'exchanges.match_ready', 'bjarne@demo.example.org', '{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Midsummer surprise", "gifts_on": "2027-01-20", "participant_id": "01a1fcb2-2885-7000-9326-275fc4b58508", "budget": "around \u00a320"}', '<01a1fcb2-2926-7000-bfd3-1d3dd7e210b0@house.test>', 1, '2026-11-21 06:01:36.787797+00', 'queued', '2026-11-21 06:01:36.787797+00', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fcb2-2928-7000-befc-d41a679b891b', 'exchanges.match_ready/01a1fcb2-28a4-7000-b1e6-637b98fb5e7d/ida@demo.example.org/1', 'exchanges.match_ready', 'ida@demo.example.org', '{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Midsummer surprise", "gifts_on": "2027-01-20", "participant_id": "01a1fcb2-28a4-7000-b1e6-637b98fb5e7d", "budget": "around \u00a320"}', '<01a1fcb2-2928-7000-befc-d41a679b891b@house.test>', 1, '2026-11-21 06:01:36.787797+00', 'queued', '2026-11-21 06:01:36.787797+00', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fcb2-292b-7000-8392-40a38ae56696', 'exchanges.match_ready/01a1fcb2-28c0-7000-a616-46bfa4dca089/frederik@demo.example.org/1', 'exchanges.match_ready', 'frederik@demo.example.org', '{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Midsummer surprise", "gifts_on": "2027-01-20", "participant_id": "01a1fcb2-28c0-7000-a616-46bfa4dca089", "budget": "around \u00a320"}', '<01a1fcb2-292b-7000-8392-40a38ae56696@house.test>', 1, '2026-11-21 06:01:36.787797+00', 'queued', '2026-11-21 06:01:36.787797+00', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fcb2-2932-7000-8cfa-573ea702f7f8', 'exchanges.match_ready/01a1fcb2-28dd-7000-a607-7dfd9fe43618/nora@demo.example.org/1', 'exchanges.match_ready', 'nora@demo.example.org', '{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Midsummer surprise", "gifts_on": "2027-01-20", "participant_id": "01a1fcb2-28dd-7000-a607-7dfd9fe43618", "budget": "around \u00a320"}', '<01a1fcb2-2932-7000-8cfa-573ea702f7f8@house.test>', 1, '2026-11-21 06:01:36.787797+00', 'queued', '2026-11-21 06:01:36.787797+00', 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.person VALUES ('01a1fcb2-2747-7000-b2ef-3d823d8680e7', '01a1fcb2-2746-7000-92a3-407156fd1208', 'Olga', 'olga@demo.example.org', 'en', '2026-11-21 06:01:36.325366+00', '2026-11-21 06:01:36.38144+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fcb2-27a0-7000-9d25-59ec80499637', '01a1fcb2-2746-7000-92a3-407156fd1208', 'Bjarne', 'bjarne@demo.example.org', 'en', '2026-11-21 06:01:36.415347+00', '2026-11-21 06:01:36.435027+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fcb2-27c3-7000-9ece-ca28f809361a', '01a1fcb2-2746-7000-92a3-407156fd1208', 'Ida', 'ida@demo.example.org', 'en', '2026-11-21 06:01:36.451002+00', '2026-11-21 06:01:36.470296+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fcb2-27e6-7000-b9c0-cd156bb17dc8', '01a1fcb2-2746-7000-92a3-407156fd1208', 'Frederik', 'frederik@demo.example.org', 'en', '2026-11-21 06:01:36.486433+00', '2026-11-21 06:01:36.505465+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fcb2-280a-7000-a61a-4d5fc11827b1', '01a1fcb2-2746-7000-92a3-407156fd1208', 'Nora', 'nora@demo.example.org', 'en', '2026-11-21 06:01:36.521704+00', '2026-11-21 06:01:36.541857+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fcb2-2827-7000-8864-619af55dce88', '01a1fcb2-2746-7000-92a3-407156fd1208', 'Emil', 'emil@demo.example.org', 'en', '2026-11-21 06:01:36.551383+00', '2026-11-21 06:01:36.559893+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fcb2-2844-7000-bf52-48f70477ecc5', '01a1fcb2-2746-7000-92a3-407156fd1208', 'Astrid', 'astrid@demo.example.org', 'en', '2026-11-21 06:01:36.579475+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fcb2-2788-7000-ad47-e8d40f06c32e', '\xf308b84b97be6cd5311b01baa1ec2922a886af57c0d04f418f56042a182d8a6f', '01a1fcb2-2747-7000-b2ef-3d823d8680e7', NULL, '2026-11-21 06:01:36.38144+00', '2026-11-21 06:01:36.38144+00', '2026-11-21 06:01:37.38144+00', '2026-11-21 06:01:37.38144+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fcb2-27b9-7000-9348-e869a31cf69a', '\x4a04a2256b25e7a7b5c6263d7a66b40b7ce1470c952e595c46d1c9fa6bc335d4', '01a1fcb2-27a0-7000-9d25-59ec80499637', NULL, '2026-11-21 06:01:36.435027+00', '2026-11-21 06:01:36.435027+00', '2026-11-21 06:01:37.435027+00', '2026-11-21 06:01:37.435027+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fcb2-27da-7000-bef7-30886ad0d01b', '\xbe9d28a41cb0264982046a7705d5c62cbbf9680bdad253f7ae1eabc4934c8d56', '01a1fcb2-27c3-7000-9ece-ca28f809361a', NULL, '2026-11-21 06:01:36.470296+00', '2026-11-21 06:01:36.470296+00', '2026-11-21 06:01:37.470296+00', '2026-11-21 06:01:37.470296+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fcb2-27ff-7000-957a-e5e3a1738e74', '\xbb78065add04660c70fb21a053f7966d18d865c7d2c98bd7f8cdaf052070aaf9', '01a1fcb2-27e6-7000-b9c0-cd156bb17dc8', NULL, '2026-11-21 06:01:36.505465+00', '2026-11-21 06:01:36.505465+00', '2026-11-21 06:01:37.505465+00', '2026-11-21 06:01:37.505465+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fcb2-2822-7000-9651-a7311f45881e', '\x890d59f367e76d987be4fb09e5b704865f9a96b7ac1dc02a7c7c2d260bc90b65', '01a1fcb2-280a-7000-a61a-4d5fc11827b1', NULL, '2026-11-21 06:01:36.541857+00', '2026-11-21 06:01:36.541857+00', '2026-11-21 06:01:37.541857+00', '2026-11-21 06:01:37.541857+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fcb2-2832-7000-80b7-3bf63e76f600', '\x6784fd0eb0e3c346c3110229182f16496881fe5061c85006b37bbac76c01fa4b', '01a1fcb2-2827-7000-8864-619af55dce88', NULL, '2026-11-21 06:01:36.559893+00', '2026-11-21 06:01:36.559893+00', '2026-11-21 06:01:37.559893+00', '2026-11-21 06:01:37.559893+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fcb2-2873-7000-96ae-d4113c7f2900', '\x5c55a97120bb51919c0f2f7a0ed43f051b90d951ce735cd71bb036f4c1256159', '01a1fcb2-2747-7000-b2ef-3d823d8680e7', NULL, '2026-11-21 06:01:36.624156+00', '2026-11-21 06:01:36.624156+00', '2026-11-21 06:01:37.624156+00', '2026-11-21 06:01:37.624156+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fcb2-2895-7000-b057-8a6b7809feed', '\x154543033fa692a30c0333fa7ae3343e13c3af8274c8e54ee5e213a77f150764', '01a1fcb2-27a0-7000-9d25-59ec80499637', NULL, '2026-11-21 06:01:36.659121+00', '2026-11-21 06:01:36.659121+00', '2026-11-21 06:01:37.659121+00', '2026-11-21 06:01:37.659121+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fcb2-28b1-7000-a4b3-cfe0c5619d2f', '\x33ddfa3510a56462c5eecf685edc749cf3d8a30950f56f182b9db6b6421d785d', '01a1fcb2-27c3-7000-9ece-ca28f809361a', NULL, '2026-11-21 06:01:36.68706+00', '2026-11-21 06:01:36.68706+00', '2026-11-21 06:01:37.68706+00', '2026-11-21 06:01:37.68706+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fcb2-28d1-7000-90f4-5eb436743c06', '\xe917581dd31bdd17f692dfa3a123161b58cc55198779dd11cdbbc7b6d4f9bb3c', '01a1fcb2-27e6-7000-b9c0-cd156bb17dc8', NULL, '2026-11-21 06:01:36.719219+00', '2026-11-21 06:01:36.719219+00', '2026-11-21 06:01:37.719219+00', '2026-11-21 06:01:37.719219+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fcb2-28f5-7000-87c9-5f41912128c5', '\x445d690387537ec7f8a7bf0c6dca2167e3afd59e918c109829b6769712cad790', '01a1fcb2-280a-7000-a61a-4d5fc11827b1', NULL, '2026-11-21 06:01:36.755338+00', '2026-11-21 06:01:36.755338+00', '2026-11-21 06:01:37.755338+00', '2026-11-21 06:01:37.755338+00');
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
CREATE INDEX ix_audit_entry_at ON kinkeeper_release.audit_entry USING btree (at);
CREATE INDEX ix_audit_entry_subject_id_at ON kinkeeper_release.audit_entry USING btree (subject_id, at);
CREATE INDEX ix_errand_state_due_at ON kinkeeper_release.errand USING btree (state, due_at);
CREATE INDEX ix_exchange_assignment_giver_id ON kinkeeper_release.exchange_assignment USING btree (giver_id);
CREATE INDEX ix_exchange_circle_id ON kinkeeper_release.exchange USING btree (circle_id);
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
