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
    keep_days integer DEFAULT 30 NOT NULL,
    ended_at timestamp with time zone,
    series_id uuid NOT NULL,
    shape character varying(32) DEFAULT 'any'::character varying NOT NULL,
    avoid_years integer DEFAULT 3 NOT NULL,
    publishes_draw boolean DEFAULT false NOT NULL,
    names_in_letters boolean DEFAULT false NOT NULL,
    seed_sealed bytea,
    wishes_told_on date,
    remind_days character varying DEFAULT '7,1'::character varying NOT NULL,
    CONSTRAINT ck_exchange_closes_before_gifts CHECK ((closes_on <= gifts_on)),
    CONSTRAINT ck_exchange_drawn_once CHECK (((drawn_at IS NULL) OR ((state)::text <> ALL ((ARRAY['draft'::character varying, 'open'::character varying, 'closed'::character varying])::text[])))),
    CONSTRAINT ck_exchange_drawn_when_drawn CHECK (((drawn_at IS NOT NULL) OR ((state)::text <> ALL ((ARRAY['drawn'::character varying, 'completed'::character varying])::text[])))),
    CONSTRAINT ck_exchange_ended_when_over CHECK (((ended_at IS NOT NULL) = ((state)::text = ANY ((ARRAY['completed'::character varying, 'cancelled'::character varying, 'purged'::character varying])::text[])))),
    CONSTRAINT ck_exchange_exchangestate CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'open'::character varying, 'closed'::character varying, 'drawn'::character varying, 'completed'::character varying, 'cancelled'::character varying, 'purged'::character varying])::text[]))),
    CONSTRAINT ck_exchange_kept_for_a_while CHECK (((keep_days >= 7) AND (keep_days <= 365))),
    CONSTRAINT ck_exchange_shape CHECK (((shape)::text = ANY ((ARRAY['any'::character varying, 'no-mutual'::character varying, 'one-loop'::character varying])::text[]))),
    CONSTRAINT ck_exchange_three_or_more CHECK ((most_people >= 3)),
    CONSTRAINT ck_exchange_years_avoided CHECK (((avoid_years >= 0) AND (avoid_years <= 10)))
);
CREATE TABLE kinkeeper_release.exchange_assignment (
    draw_id uuid NOT NULL,
    giver_id uuid NOT NULL,
    receiver_sealed bytea NOT NULL,
    receiver_mark bytea NOT NULL,
    opened_at timestamp with time zone,
    bought_sealed bytea,
    ready_at timestamp with time zone
);
CREATE TABLE kinkeeper_release.exchange_draw (
    id uuid NOT NULL,
    exchange_id uuid NOT NULL,
    version integer NOT NULL,
    drawn_at timestamp with time zone NOT NULL,
    quality character varying(32) NOT NULL,
    kind character varying(32) DEFAULT 'draw'::character varying NOT NULL,
    reason character varying DEFAULT ''::character varying NOT NULL,
    document_sealed bytea,
    commitment character varying,
    changed_for_id uuid,
    CONSTRAINT ck_exchange_draw_drawkind CHECK (((kind)::text = ANY ((ARRAY['draw'::character varying, 'redraw'::character varying, 'repair'::character varying])::text[]))),
    CONSTRAINT ck_exchange_draw_quality CHECK (((quality)::text = ANY ((ARRAY['exact'::character varying, 'mixed'::character varying, 'capped'::character varying])::text[])))
);
CREATE TABLE kinkeeper_release.exchange_household_rule (
    exchange_id uuid NOT NULL,
    household_id uuid NOT NULL
);
CREATE TABLE kinkeeper_release.exchange_new_address (
    participant_id uuid NOT NULL,
    email character varying NOT NULL,
    asked_by character varying NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    agreed_at timestamp with time zone
);
CREATE TABLE kinkeeper_release.exchange_organiser (
    exchange_id uuid NOT NULL,
    person_id uuid NOT NULL,
    since_at timestamp with time zone NOT NULL,
    hears_of_joining boolean NOT NULL,
    hears_of_leaving boolean NOT NULL,
    hears_of_drawing boolean NOT NULL
);
CREATE TABLE kinkeeper_release.exchange_pair_memory (
    series_id uuid NOT NULL,
    gifts_on date NOT NULL,
    giver_mark bytea NOT NULL,
    receiver_mark bytea NOT NULL
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
    confirmed_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    invited_by character varying,
    wishes_before bytea,
    wants_reminders boolean DEFAULT true NOT NULL,
    hears_of_wishes boolean DEFAULT true NOT NULL
);
CREATE TABLE kinkeeper_release.exchange_reminder (
    participant_id uuid NOT NULL,
    days integer NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE kinkeeper_release.exchange_reveal (
    id uuid NOT NULL,
    exchange_id uuid NOT NULL,
    giver_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    by_name character varying NOT NULL,
    reason character varying NOT NULL
);
CREATE TABLE kinkeeper_release.exchange_wish (
    id uuid NOT NULL,
    participant_id uuid NOT NULL,
    text character varying NOT NULL,
    url character varying,
    priority character varying(32) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT ck_exchange_wish_priority CHECK (((priority)::text = ANY ((ARRAY['love'::character varying, 'like'::character varying, 'nice'::character varying])::text[])))
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
    voided_at timestamp with time zone,
    asked_by bytea,
    reader_id uuid
);
CREATE TABLE kinkeeper_release.live_event (
    id integer NOT NULL,
    at timestamp with time zone NOT NULL,
    topic character varying NOT NULL,
    kind character varying NOT NULL,
    subject_id uuid,
    facts json NOT NULL
);
CREATE SEQUENCE kinkeeper_release.live_event_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE kinkeeper_release.live_event_id_seq OWNED BY kinkeeper_release.live_event.id;
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
    about_id uuid,
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
ALTER TABLE ONLY kinkeeper_release.live_event ALTER COLUMN id SET DEFAULT nextval('kinkeeper_release.live_event_id_seq'::regclass);
INSERT INTO kinkeeper_release.account VALUES ('01a1fe14-bf18-7000-9283-43a36e5a74f4', '01a1fe14-beed-7000-9a84-1d3597dadb04', 'olga@demo.example.org', '$argon2id$v=19$m=19456,t=2,p=1$Z+qURV6WLuRfglyMU1+Vgw$x2yMTto7xd11/+LGlKiRNOuEV8I7+tdQdWEIAXLZQnk', true, 0, '2026-11-21 12:28:54.886593+00');
INSERT INTO kinkeeper_release.alembic_version VALUES ('0002');
INSERT INTO kinkeeper_release.audit_entry VALUES (1, '2026-11-21 12:28:54.886593+00', NULL, 'Kinkeeper', 'account.administrator_created', '01a1fe14-bf18-7000-9283-43a36e5a74f4', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (2, '2026-11-21 12:28:55.021129+00', '01a1fe14-bf18-7000-9283-43a36e5a74f4', 'Olga', 'exchange.begun', '01a1fe14-bf74-7000-ad00-39bd4d06474c', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (3, '2026-11-21 12:28:56.678883+00', '01a1fe14-bf18-7000-9283-43a36e5a74f4', 'Olga', 'exchange.begun', '01a1fe14-c5e7-7000-bb97-fec1f29b07fb', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (4, '2026-11-21 12:28:57.510512+00', '01a1fe14-bf18-7000-9283-43a36e5a74f4', 'Olga', 'exchange.household_ruled_out', '01a1fe14-c5e7-7000-bb97-fec1f29b07fb', '{"people": 2}');
INSERT INTO kinkeeper_release.audit_entry VALUES (5, '2026-11-21 12:28:57.535308+00', '01a1fe14-bf18-7000-9283-43a36e5a74f4', 'Olga', 'exchange.closed', '01a1fe14-c5e7-7000-bb97-fec1f29b07fb', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (6, '2026-11-21 12:28:57.640409+00', '01a1fe14-bf18-7000-9283-43a36e5a74f4', 'Olga', 'exchange.names_drawn', '01a1fe14-c5e7-7000-bb97-fec1f29b07fb', '{"people": 5, "commitment": "971bd5d325969d1abbdb04df5287632816666639dbecb019c8c0ff4637b8d417"}');
INSERT INTO kinkeeper_release.circle VALUES ('01a1fe14-bee8-7000-882f-9a9081ad4e9d', 'The Olsens', 'en', 'Europe/London', '2026-11-21 12:28:54.886593+00');
INSERT INTO kinkeeper_release.exchange VALUES ('01a1fe14-bf74-7000-ad00-39bd4d06474c', '01a1fe14-bee8-7000-882f-9a9081ad4e9d', 'pvpwt43ch7ja', 'Christmas at the Olsens', 'Home-made is welcome. Nobody needs another mug.', 'around £20', NULL, '2026-12-14', '2026-12-24', 'Europe/London', 'open', '2026-11-21 12:28:55.021129+00', NULL, 30, NULL, '01a1fe14-bf88-7000-b1e2-4e42ac4c7a91', 'any', 3, false, false, NULL, NULL, '7,1');
INSERT INTO kinkeeper_release.exchange VALUES ('01a1fe14-c5e7-7000-bb97-fec1f29b07fb', '01a1fe14-bee8-7000-882f-9a9081ad4e9d', '56qy269855ra', 'Midsummer surprise', 'Home-made is welcome. Nobody needs another mug.', 'around £20', NULL, '2027-06-14', '2027-06-24', 'Europe/London', 'drawn', '2026-11-21 12:28:56.678883+00', '2026-11-21 12:28:57.640409+00', 30, NULL, '01a1fe14-c5e7-7001-98ba-eb47d5aaed1c', 'any', 3, false, false, NULL, NULL, '7,1');
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1fe14-c998-7000-bc95-f0cb9eeac483', '01a1fe14-c663-7000-b38a-3c1da7bc002e', '\x0155dd2f2ecc21cede430f0682701f163f16b51bc9a767d273e925aac5cde01e0165f50eaa4066c586cdecc95573a41950', '\x40ce0588e969c2be89eb4ca26170fcfba652b1a3465df847934e138964bbde3c', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1fe14-c998-7000-bc95-f0cb9eeac483', '01a1fe14-c6ca-7000-a88a-739418fe11b6', '\x0155dd2f2e2e1f623c23c3efffc6c08fd11abbfa14f8bbb116f66216c92124da3a10d1b03c912877a28a3a7fa8bc2f69d6', '\x476abc23b9acd4f98a9447867682faaa98d158ba01e3720cdd4da598441c72a6', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1fe14-c998-7000-bc95-f0cb9eeac483', '01a1fe14-c707-7000-9d79-4c3c24cb867d', '\x0155dd2f2e1076b2137d54a243ade824d845f8ea5de03a35343f3cde1bba8637d74819ee971f440ff025ef5affa9bf420b', '\x03ac707c183487c99dbdc67748f195b4993f9584c1c332b09652b7274bae8103', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1fe14-c998-7000-bc95-f0cb9eeac483', '01a1fe14-c790-7000-b7e7-6aac165b6be5', '\x0155dd2f2e97be6682711208385cc6ce729c5687339eb6a2cf91c90a7558b574fe89701d01b2393b909f82765ff2b3bcfe', '\xa9b6d9eee266e40037b9ed3c0933a1abac709923d5758544a0093d11f291dafe', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1fe14-c998-7000-bc95-f0cb9eeac483', '01a1fe14-c823-7000-b4a9-eec8c0041bf2', '\x0155dd2f2e375efd9128e8d0b08ca40a83061653031b1cd3f9efecab531acf3097f8aa3a099829b71515511bec6efeada4', '\xfe2f570df6170fa7284ed3056b17d8537fdd78958b449b9da536f59e2ac42597', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.exchange_draw VALUES ('01a1fe14-c998-7000-bc95-f0cb9eeac483', '01a1fe14-c5e7-7000-bb97-fec1f29b07fb', 1, '2026-11-21 12:28:57.640409+00', 'exact', 'draw', '', '\x0155dd2f2e449a7f843988a216a42695df7e9e09a2c1e7a40a357dd57b7b896532803d4c3486ae0f28d10ae1098544edd3cda0856a6a6fef9d4615511b2d870de6810369d62fd5738b2b10802e44dbe0493fa4d686613e371c0b9a4aee8bf9b2fe7b579750298e270f8a000f062cb4beae93f934f8ee6cb31946f5ed462006d4ce20d3655873030211c3ad6e3e8fb0777481dc47d80ed523ba5b0e8da0597093dfed92acfabc6c6e0ba4ca7c89ea1e826abce8773d9a0590bd53b19458df828a3e7bedd31a92d2e0181e831bcfed1ca24a21b5df83bd03ec7356065b3f69a38b1b3d4c55afa0be4006f0d7bbe4a016d07c6ea46c7c11ee6a75d4a0390661158ecb8d227cb45451f457d6c2b3958ab1dc35cb21f60fea60a83526c1fcea3ac4381bbec3d28386b5c00af300c2736ecb05135c677dbb6a16b11bea45c281c2a8ba2ef31b406f49d9804e3fd3c8b0eb23c98ec8c86f512e9adad70122c3eea76bb85fc632abc128783fa81db9734382bb69b5a97e030fa5832a2390672d8e4aebe9765ad071330036b3ab631edce560c4e4ca799edec9fb371d4be7c3953f62b5d8f82cc4d3e8b1fe70b2009f8e40af84dee2bc91cede3267b92411e4f1f6e4ca7f09ee1861ed8a5338929de6ffeb905e034b58d2524bca4efc9e228eee21b478f2cde18b07c5ed7a4e1cb61b35e2401776ef7b6ec54862a1cfc29c2fb4c5838b174bfe7781bfa62842832f5c9afaba699321d993366bf815faa6918e7c332ffaaff9f4beddd46c8924084fe155d313b6464cdd76ecad21ce29f66f59a1ab4fffe328a33cbdfa0f7cf34b89c63b75f6876290d2098cda54bd4c46c2b656520cb7fc606468ea21352c92d6d5ca17481b157404c2ef98ceb2e41842dd03992567926e4d38b88c7e1c1d05dbb731eeeec126b8a83b57ac7bb3c1e378845531f6415f337abaab76b6d4cd7731331b918c9955f6a3be2b03b1d8d991b9f0ca77f7414c343d088d430f9de12b6fa4c6538c7d9a917806504567d403647826260b64f82fc56528373cacffc613cb8ed6d386050c', '971bd5d325969d1abbdb04df5287632816666639dbecb019c8c0ff4637b8d417', NULL);
INSERT INTO kinkeeper_release.exchange_household_rule VALUES ('01a1fe14-c5e7-7000-bb97-fec1f29b07fb', '01a1fe14-c91b-7000-9f76-10b912da8cce');
INSERT INTO kinkeeper_release.exchange_organiser VALUES ('01a1fe14-bf74-7000-ad00-39bd4d06474c', '01a1fe14-beed-7000-9a84-1d3597dadb04', '2026-11-21 12:28:55.021129+00', false, false, false);
INSERT INTO kinkeeper_release.exchange_organiser VALUES ('01a1fe14-c5e7-7000-bb97-fec1f29b07fb', '01a1fe14-beed-7000-9a84-1d3597dadb04', '2026-11-21 12:28:56.678883+00', false, false, false);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fe14-c0db-7000-9275-fe7ea2a3cb88', '01a1fe14-bf74-7000-ad00-39bd4d06474c', '01a1fe14-beed-7000-9a84-1d3597dadb04', 'Olga', 'Thick socks. And time for tea.', 'en', '\xed844b397986af142847a0dc8751602a', '2026-11-21 12:28:55.312166+00', '2026-11-21 12:28:56.02682+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fe14-c3c5-7000-bc63-50743f3dcb51', '01a1fe14-bf74-7000-ad00-39bd4d06474c', '01a1fe14-c3c3-7000-8880-64903ed8cd6a', 'Bjarne', 'A new kite, or a book about boats.', 'en', '\x48a01ba056cd29911607258264247120', '2026-11-21 12:28:56.127976+00', '2026-11-21 12:28:56.214806+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fe14-c473-7000-ad71-ff21e3319f8e', '01a1fe14-bf74-7000-ad00-39bd4d06474c', '01a1fe14-c46b-7000-9e45-d8699431eb98', 'Ida', 'Watercolours', 'en', '\x8cb68406a61c84ef6f436f9cda6c8a5b', '2026-11-21 12:28:56.293879+00', '2026-11-21 12:28:56.388258+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fe14-c50a-7000-b735-e32377228adf', '01a1fe14-bf74-7000-ad00-39bd4d06474c', '01a1fe14-c504-7000-a54e-2b3b492e4b57', 'Frederik', '', 'en', '\xb0b336592a3f1059b3a67aa4ab051ed5', '2026-11-21 12:28:56.446364+00', '2026-11-21 12:28:56.544514+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fe14-c58e-7000-b7d2-5c083d9338c4', '01a1fe14-bf74-7000-ad00-39bd4d06474c', '01a1fe14-c58d-7000-9d4e-a93c5a1158d2', 'Nora', 'Something for the balcony that survives me', 'en', '\x2e4f0f45f69fa30958d9d292ede7ef8b', '2026-11-21 12:28:56.587658+00', '2026-11-21 12:28:56.607565+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fe14-c5af-7000-acfd-49fdcffd05c1', '01a1fe14-bf74-7000-ad00-39bd4d06474c', '01a1fe14-c5ae-7000-99cf-8ac0191be27a', 'Emil', 'Lego, dinosaurs, or both', 'en', '\x0e603b85037d83c2e76b4abe4e64effd', '2026-11-21 12:28:56.620143+00', '2026-11-21 12:28:56.646135+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fe14-c5dc-7000-8895-dc5318b649d9', '01a1fe14-bf74-7000-ad00-39bd4d06474c', '01a1fe14-c5db-7000-86bd-e09363082e60', 'Astrid', 'A good whetstone', 'en', '\x7351aeb4484c9156f4d1b2674f0024a3', '2026-11-21 12:28:56.66548+00', NULL, NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fe14-c663-7000-b38a-3c1da7bc002e', '01a1fe14-c5e7-7000-bb97-fec1f29b07fb', '01a1fe14-beed-7000-9a84-1d3597dadb04', 'Olga', 'Thick socks. And time for tea.', 'en', '\x96a9d3f1e1fef913e7c3f7de540f688c', '2026-11-21 12:28:56.790998+00', '2026-11-21 12:28:56.869992+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fe14-c6ca-7000-a88a-739418fe11b6', '01a1fe14-c5e7-7000-bb97-fec1f29b07fb', '01a1fe14-c3c3-7000-8880-64903ed8cd6a', 'Bjarne', 'A new kite, or a book about boats.', 'en', '\x7503b530c291a72bdaa24e1715d64b0a', '2026-11-21 12:28:56.90413+00', '2026-11-21 12:28:56.931269+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fe14-c707-7000-9d79-4c3c24cb867d', '01a1fe14-c5e7-7000-bb97-fec1f29b07fb', '01a1fe14-c46b-7000-9e45-d8699431eb98', 'Ida', 'Watercolours', 'en', '\xfb0c701ba79b0ce8df274c8f8d86b06e', '2026-11-21 12:28:56.962183+00', '2026-11-21 12:28:57.073248+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fe14-c790-7000-b7e7-6aac165b6be5', '01a1fe14-c5e7-7000-bb97-fec1f29b07fb', '01a1fe14-c504-7000-a54e-2b3b492e4b57', 'Frederik', '', 'en', '\x22a83d6c843c0d00e8de3af8e2d65f41', '2026-11-21 12:28:57.09977+00', '2026-11-21 12:28:57.13904+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fe14-c823-7000-b4a9-eec8c0041bf2', '01a1fe14-c5e7-7000-bb97-fec1f29b07fb', '01a1fe14-c58d-7000-9d4e-a93c5a1158d2', 'Nora', 'Something for the balcony that survives me', 'en', '\x7bc63bf11687e45dc2db76e1f7e29e31', '2026-11-21 12:28:57.214841+00', '2026-11-21 12:28:57.360531+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.household VALUES ('01a1fe14-c91b-7000-9f76-10b912da8cce', '01a1fe14-bee8-7000-882f-9a9081ad4e9d', 'Oak Road');
INSERT INTO kinkeeper_release.household_member VALUES ('01a1fe14-c91b-7000-9f76-10b912da8cce', '01a1fe14-beed-7000-9a84-1d3597dadb04');
INSERT INTO kinkeeper_release.household_member VALUES ('01a1fe14-c91b-7000-9f76-10b912da8cce', '01a1fe14-c3c3-7000-8880-64903ed8cd6a');
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x2726c08f462719b8133d964c2ccb72591b378b0663efbe9c6781cb4da841ffe6', '2026-11-21 13:28:56.615944+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xd4ef51e05b4d593b8bad783769d65ba3d3935128dad25f1e2853952a44cce52a', '2026-11-21 12:43:56.615944+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xc955e06ab19486231e3abbeb390eadfca9dfb5e2bdc04b3642659f228f7fdf7f', '2026-11-21 12:33:56.634935+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xa711030d3c288dec4c793b3593e22b640a3ee7437171d75ec5f90a6d162be43d', '2026-11-21 12:43:56.661622+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xab84e7df6150565b165aee3c202796de21bf3c3c238c62b1a01d5a2a84cff24c', '2026-11-21 13:28:56.661622+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xeca654b420945efb98681b342df874832b42ee3c6a839d5575bc2ff4d8ed6b54', '2026-11-21 13:28:55.20082+00', 7);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x7d5efb842782d623fa5e4ea7fa70c38cac297032775915f69c8924bf4d0b8f5f', '2026-11-21 13:28:55.20082+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xaa8032784984547d71e1048bc7feafab4c20ae3dc30dfda700aaee5f99fcdfa4', '2026-11-21 12:43:55.20082+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x97e4fe730211966ad85501cae57e6820738eacf11c22e14c5d4b724f0d08fb1b', '2026-11-21 12:33:55.89419+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x6a2730821b65ec16c357ca6c1ca68c2d0b4c9c771cd8feaf631b9de81f651115', '2026-11-21 13:28:56.119761+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x768b1d19b7fec6108b49ea622eaef394db3acf844cd04bd0003a8f1d85adde8f', '2026-11-21 12:43:56.119761+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x7350fdfcba5cd8d286f14a69c941cedd9f970fe078c021167a7ece516b2bf7ec', '2026-11-21 12:33:56.164924+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xb19a2df4a0541b811ba1d4fee7657f8a12bb50ee24c1adb5909fbfe00a82e218', '2026-11-21 12:43:56.263275+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xf687980b0f9fc0ccc733b381ac87aa08e3e752c81c625dd11842d074a4f8e0e6', '2026-11-21 13:28:56.263275+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x8ca01ca48398e922b4cf37a9508024c24fcc7876e985f6f2c080ea43d7554d88', '2026-11-21 12:33:56.347446+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x075307d0cb064b9b2c57cfc19e79f492a1894071bc747b67487b9e031c34101a', '2026-11-21 13:28:56.428881+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xadc8a691fc776736fadaaa429ef06e22f0770204e0c20ab94e823eef5c2f55d0', '2026-11-21 12:43:56.428881+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x5984c5f715c855261cf4750739a0d59d04965b876ebd45c9b7f2d120f09c6a6e', '2026-11-21 12:33:56.475769+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x130dfb5d0b1efd76683c552212de95239dad1de72fa7db3cc98acaf262008783', '2026-11-21 13:28:56.774269+00', 5);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x6324ad23e02e970377ea11c626e6848c456c23c4198d8ad1e3866ef850cbf87e', '2026-11-21 12:43:56.57849+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xda191cc95d96825f64984a0bdda2923f60b7870523411f0a98302efe2232fde3', '2026-11-21 13:28:56.57849+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x5851be066129f99ec9c6f1a8f1f322f6f29bd563052860a1c936117008d4e909', '2026-11-21 12:33:56.599941+00', 2);
INSERT INTO kinkeeper_release.link VALUES ('01a1fe14-c1d0-7000-945e-bac39fa85d4a', 'exchanges.confirm', '01a1fe14-c0db-7000-9275-fe7ea2a3cb88', '\x492d98bae33caac8b9b546ad69f8495ec78cd274afea939553a6d8474b41f3d9', 259200, NULL, '2026-11-21 12:28:56.02682+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fe14-c3c5-7002-84ea-2b4969e1aa66', 'exchanges.confirm', '01a1fe14-c3c5-7000-bc63-50743f3dcb51', '\x916373b3cf012950ff0b37808b418d3c44aaa00fc9181c18c347208bf2778e29', 259200, NULL, '2026-11-21 12:28:56.214806+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fe14-c474-7001-8540-b6cf9a021d79', 'exchanges.confirm', '01a1fe14-c473-7000-ad71-ff21e3319f8e', '\xef7fe84153a902c0ea2bbb719dd47b1111895fed6fc52bcb0c6760ef2ef873cc', 259200, NULL, '2026-11-21 12:28:56.388258+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fe14-c50a-7002-9ed0-755473fd7826', 'exchanges.confirm', '01a1fe14-c50a-7000-b735-e32377228adf', '\xefe555a9ea6009fd60f9dea7f9b077eade5da8ca002e8587c00d7e538d8c1296', 259200, NULL, '2026-11-21 12:28:56.544514+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fe14-c58f-7000-ba8e-4a9baf9a5385', 'exchanges.confirm', '01a1fe14-c58e-7000-b7d2-5c083d9338c4', '\x7d148cb8d66526627c3c9a6abea28528b89f700e254278c5ada3170bbdf05788', 259200, NULL, '2026-11-21 12:28:56.607565+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fe14-c5b0-7001-a95a-f401136917cb', 'exchanges.confirm', '01a1fe14-c5af-7000-acfd-49fdcffd05c1', '\xe675193eabfb376423c283773dece7256866081fdf0dc503338807a562dcbe6e', 259200, NULL, '2026-11-21 12:28:56.646135+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fe14-c5dd-7001-a0e1-c2ae83682176', 'exchanges.confirm', '01a1fe14-c5dc-7000-8895-dc5318b649d9', '\x524f3dc3658f04e5a7e6b5eff3ca8f61ab973189d3ede2b87ba2ef4f8fc15d1f', 259200, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fe14-c663-7002-9353-4b6fd41ea53a', 'exchanges.confirm', '01a1fe14-c663-7000-b38a-3c1da7bc002e', '\xef5fd7efed39029437971dd042366d0a7aa254456deb085147a5523a6fb1a3ea', 259200, NULL, '2026-11-21 12:28:56.869992+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fe14-c6cb-7001-8441-df6a5a12a909', 'exchanges.confirm', '01a1fe14-c6ca-7000-a88a-739418fe11b6', '\xb4d1b223d74ce4dc78c32c157d5f0b01c34595bc2018aa46c85a93d5a70fdd35', 259200, NULL, '2026-11-21 12:28:56.931269+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fe14-c707-7002-9d08-cde6ad136cee', 'exchanges.confirm', '01a1fe14-c707-7000-9d79-4c3c24cb867d', '\xe52d4966f3b5fcf5b67553bef0a7c1e83b9fa7e4baa2ae900e815a99edd3656a', 259200, NULL, '2026-11-21 12:28:57.073248+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fe14-c791-7000-9144-645ce7e765da', 'exchanges.confirm', '01a1fe14-c790-7000-b7e7-6aac165b6be5', '\xcdbca59693100b24d4882bd16970e59e5c6f21a8dd9578279119c3c545233e0d', 259200, NULL, '2026-11-21 12:28:57.13904+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fe14-c824-7000-aaf0-76db4dcc4fc0', 'exchanges.confirm', '01a1fe14-c823-7000-b4a9-eec8c0041bf2', '\xfdb6cdef952b10fd1b7b969ab50d3ae65d5ce19a840370fca5ee7e4d19d7c9da', 259200, NULL, '2026-11-21 12:28:57.360531+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fe14-caa8-7000-aba7-a3c2a7d43a8d', 'exchanges.ready', '01a1fe14-c663-7000-b38a-3c1da7bc002e', '\x778a8b8b595b485e484629abedc2ec357e02db40134ef03533a201e709968e37', 259200, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fe14-caa8-7001-9514-dfa9ac50c8cf', 'exchanges.ready', '01a1fe14-c6ca-7000-a88a-739418fe11b6', '\xb5523d6e4de760437512d7aab883e5574a21a471d6e07698388c52028422cc4d', 259200, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fe14-caa8-7002-93cd-9cde25275d49', 'exchanges.ready', '01a1fe14-c707-7000-9d79-4c3c24cb867d', '\xe99b3fab8ec0547fec70202d6a744e2960b37a4266805f5af5fe576ffb8bc9c0', 259200, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fe14-caa8-7003-9b5e-e2d2eaab3740', 'exchanges.ready', '01a1fe14-c790-7000-b7e7-6aac165b6be5', '\x0d5efaac752064b65ef8c094ee2fa40a01b244f436521e7aa5bac40d685e7f82', 259200, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fe14-caa8-7004-89f3-bc7d0cd8f627', 'exchanges.ready', '01a1fe14-c823-7000-b4a9-eec8c0041bf2', '\x4a251c1ecdabd32a68cf57ccf65cef3a866bde0d81f1282237b28e22fabfe8b7', 259200, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.live_event VALUES (1, '2026-11-21 12:28:55.312166+00', 'exchange/01a1fe14-bf74-7000-ad00-39bd4d06474c', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (2, '2026-11-21 12:28:56.02682+00', 'exchange/01a1fe14-bf74-7000-ad00-39bd4d06474c', 'seat.visited', '01a1fe14-c0db-7000-9275-fe7ea2a3cb88', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (3, '2026-11-21 12:28:56.127976+00', 'exchange/01a1fe14-bf74-7000-ad00-39bd4d06474c', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (4, '2026-11-21 12:28:56.214806+00', 'exchange/01a1fe14-bf74-7000-ad00-39bd4d06474c', 'seat.visited', '01a1fe14-c3c5-7000-bc63-50743f3dcb51', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (5, '2026-11-21 12:28:56.293879+00', 'exchange/01a1fe14-bf74-7000-ad00-39bd4d06474c', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (6, '2026-11-21 12:28:56.388258+00', 'exchange/01a1fe14-bf74-7000-ad00-39bd4d06474c', 'seat.visited', '01a1fe14-c473-7000-ad71-ff21e3319f8e', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (7, '2026-11-21 12:28:56.446364+00', 'exchange/01a1fe14-bf74-7000-ad00-39bd4d06474c', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (8, '2026-11-21 12:28:56.544514+00', 'exchange/01a1fe14-bf74-7000-ad00-39bd4d06474c', 'seat.visited', '01a1fe14-c50a-7000-b735-e32377228adf', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (9, '2026-11-21 12:28:56.587658+00', 'exchange/01a1fe14-bf74-7000-ad00-39bd4d06474c', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (10, '2026-11-21 12:28:56.607565+00', 'exchange/01a1fe14-bf74-7000-ad00-39bd4d06474c', 'seat.visited', '01a1fe14-c58e-7000-b7d2-5c083d9338c4', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (11, '2026-11-21 12:28:56.620143+00', 'exchange/01a1fe14-bf74-7000-ad00-39bd4d06474c', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (12, '2026-11-21 12:28:56.646135+00', 'exchange/01a1fe14-bf74-7000-ad00-39bd4d06474c', 'seat.visited', '01a1fe14-c5af-7000-acfd-49fdcffd05c1', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (13, '2026-11-21 12:28:56.66548+00', 'exchange/01a1fe14-bf74-7000-ad00-39bd4d06474c', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (14, '2026-11-21 12:28:56.790998+00', 'exchange/01a1fe14-c5e7-7000-bb97-fec1f29b07fb', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (15, '2026-11-21 12:28:56.869992+00', 'exchange/01a1fe14-c5e7-7000-bb97-fec1f29b07fb', 'seat.visited', '01a1fe14-c663-7000-b38a-3c1da7bc002e', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (16, '2026-11-21 12:28:56.90413+00', 'exchange/01a1fe14-c5e7-7000-bb97-fec1f29b07fb', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (17, '2026-11-21 12:28:56.931269+00', 'exchange/01a1fe14-c5e7-7000-bb97-fec1f29b07fb', 'seat.visited', '01a1fe14-c6ca-7000-a88a-739418fe11b6', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (18, '2026-11-21 12:28:56.962183+00', 'exchange/01a1fe14-c5e7-7000-bb97-fec1f29b07fb', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (19, '2026-11-21 12:28:57.073248+00', 'exchange/01a1fe14-c5e7-7000-bb97-fec1f29b07fb', 'seat.visited', '01a1fe14-c707-7000-9d79-4c3c24cb867d', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (20, '2026-11-21 12:28:57.09977+00', 'exchange/01a1fe14-c5e7-7000-bb97-fec1f29b07fb', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (21, '2026-11-21 12:28:57.13904+00', 'exchange/01a1fe14-c5e7-7000-bb97-fec1f29b07fb', 'seat.visited', '01a1fe14-c790-7000-b7e7-6aac165b6be5', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (22, '2026-11-21 12:28:57.214841+00', 'exchange/01a1fe14-c5e7-7000-bb97-fec1f29b07fb', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (23, '2026-11-21 12:28:57.360531+00', 'exchange/01a1fe14-c5e7-7000-bb97-fec1f29b07fb', 'seat.visited', '01a1fe14-c823-7000-b4a9-eec8c0041bf2', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (24, '2026-11-21 12:28:57.640409+00', 'exchange/01a1fe14-c5e7-7000-bb97-fec1f29b07fb', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.master_key VALUES (1, '\x55dd2f2e', '2026-11-21 12:28:54.522537+00');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fe14-c1d0-7000-945e-bac39fa85d4a', 'exchanges.confirm_joining/01a1fe14-c0db-7001-a6ac-8417cad15425/olga@demo.example.org/1', 'exchanges.confirm_joining', 'olga@demo.example.org', '01a1fe14-beed-7000-9a84-1d3597dadb04', '{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fe14-c0db-7000-9275-fe7ea2a3cb88", "exchange_id": "01a1fe14-bf74-7000-ad00-39bd4d06474c", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fe14-c1d0-7000-945e-bac39fa85d4a@localhost>', 1, '2026-11-21 12:28:55.312166+00', 'queued', '2026-11-21 12:28:55.312166+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fe14-c0db-7000-9275-fe7ea2a3cb88');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fe14-c3c5-7002-84ea-2b4969e1aa66', 'exchanges.confirm_joining/01a1fe14-c3c5-7001-8615-75df2bcc64d8/bjarne@demo.example.org/1', 'exchanges.confirm_joining', 'bjarne@demo.example.org', '01a1fe14-c3c3-7000-8880-64903ed8cd6a', '{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fe14-c3c5-7000-bc63-50743f3dcb51", "exchange_id": "01a1fe14-bf74-7000-ad00-39bd4d06474c", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fe14-c3c5-7002-84ea-2b4969e1aa66@localhost>', 1, '2026-11-21 12:28:56.127976+00', 'queued', '2026-11-21 12:28:56.127976+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fe14-c3c5-7000-bc63-50743f3dcb51');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fe14-c474-7001-8540-b6cf9a021d79', 'exchanges.confirm_joining/01a1fe14-c474-7000-9d99-974d9322f32f/ida@demo.example.org/1', 'exchanges.confirm_joining', 'ida@demo.example.org', '01a1fe14-c46b-7000-9e45-d8699431eb98', '{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fe14-c473-7000-ad71-ff21e3319f8e", "exchange_id": "01a1fe14-bf74-7000-ad00-39bd4d06474c", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fe14-c474-7001-8540-b6cf9a021d79@localhost>', 1, '2026-11-21 12:28:56.293879+00', 'queued', '2026-11-21 12:28:56.293879+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fe14-c473-7000-ad71-ff21e3319f8e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fe14-c50a-7002-9ed0-755473fd7826', 'exchanges.confirm_joining/01a1fe14-c50a-7001-b986-009f2b6be2d1/frederik@demo.example.org/1', 'exchanges.confirm_joining', 'frederik@demo.example.org', '01a1fe14-c504-7000-a54e-2b3b492e4b57', '{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fe14-c50a-7000-b735-e32377228adf", "exchange_id": "01a1fe14-bf74-7000-ad00-39bd4d06474c", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fe14-c50a-7002-9ed0-755473fd7826@localhost>', 1, '2026-11-21 12:28:56.446364+00', 'queued', '2026-11-21 12:28:56.446364+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fe14-c50a-7000-b735-e32377228adf');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fe14-c58f-7000-ba8e-4a9baf9a5385', 'exchanges.confirm_joining/01a1fe14-c58e-7001-a731-0842f6c7f4f4/nora@demo.example.org/1', 'exchanges.confirm_joining', 'nora@demo.example.org', '01a1fe14-c58d-7000-9d4e-a93c5a1158d2', '{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fe14-c58e-7000-b7d2-5c083d9338c4", "exchange_id": "01a1fe14-bf74-7000-ad00-39bd4d06474c", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fe14-c58f-7000-ba8e-4a9baf9a5385@localhost>', 1, '2026-11-21 12:28:56.587658+00', 'queued', '2026-11-21 12:28:56.587658+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fe14-c58e-7000-b7d2-5c083d9338c4');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fe14-c5b0-7001-a95a-f401136917cb', 'exchanges.confirm_joining/01a1fe14-c5b0-7000-b1de-b135ab22b718/emil@demo.example.org/1', 'exchanges.confirm_joining', 'emil@demo.example.org', '01a1fe14-c5ae-7000-99cf-8ac0191be27a', '{"to": "emil@demo.example.org", "language": "en", "name": "Emil", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fe14-c5af-7000-acfd-49fdcffd05c1", "exchange_id": "01a1fe14-bf74-7000-ad00-39bd4d06474c", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fe14-c5b0-7001-a95a-f401136917cb@localhost>', 1, '2026-11-21 12:28:56.620143+00', 'queued', '2026-11-21 12:28:56.620143+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fe14-c5af-7000-acfd-49fdcffd05c1');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fe14-c5dd-7001-a0e1-c2ae83682176', 'exchanges.confirm_joining/01a1fe14-c5dd-7000-837e-34c62bfc04fe/astrid@demo.example.org/1', 'exchanges.confirm_joining', 'astrid@demo.example.org', '01a1fe14-c5db-7000-86bd-e09363082e60', '{"to": "astrid@demo.example.org", "language": "en", "name": "Astrid", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fe14-c5dc-7000-8895-dc5318b649d9", "exchange_id": "01a1fe14-bf74-7000-ad00-39bd4d06474c", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fe14-c5dd-7001-a0e1-c2ae83682176@localhost>', 1, '2026-11-21 12:28:56.66548+00', 'queued', '2026-11-21 12:28:56.66548+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fe14-c5dc-7000-8895-dc5318b649d9');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fe14-c663-7002-9353-4b6fd41ea53a', 'exchanges.confirm_joining/01a1fe14-c663-7001-a54e-1da99ea5fb6c/olga@demo.example.org/1', 'exchanges.confirm_joining', 'olga@demo.example.org', '01a1fe14-beed-7000-9a84-1d3597dadb04', '{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fe14-c663-7000-b38a-3c1da7bc002e", "exchange_id": "01a1fe14-c5e7-7000-bb97-fec1f29b07fb", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fe14-c663-7002-9353-4b6fd41ea53a@localhost>', 1, '2026-11-21 12:28:56.790998+00', 'queued', '2026-11-21 12:28:56.790998+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fe14-c663-7000-b38a-3c1da7bc002e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fe14-c6cb-7001-8441-df6a5a12a909', 'exchanges.confirm_joining/01a1fe14-c6cb-7000-a703-a0e7e361a7ab/bjarne@demo.example.org/1', 'exchanges.confirm_joining', 'bjarne@demo.example.org', '01a1fe14-c3c3-7000-8880-64903ed8cd6a', '{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fe14-c6ca-7000-a88a-739418fe11b6", "exchange_id": "01a1fe14-c5e7-7000-bb97-fec1f29b07fb", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fe14-c6cb-7001-8441-df6a5a12a909@localhost>', 1, '2026-11-21 12:28:56.90413+00', 'queued', '2026-11-21 12:28:56.90413+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fe14-c6ca-7000-a88a-739418fe11b6');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fe14-c707-7002-9d08-cde6ad136cee', 'exchanges.confirm_joining/01a1fe14-c707-7001-8556-1445978c6c03/ida@demo.example.org/1', 'exchanges.confirm_joining', 'ida@demo.example.org', '01a1fe14-c46b-7000-9e45-d8699431eb98', '{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fe14-c707-7000-9d79-4c3c24cb867d", "exchange_id": "01a1fe14-c5e7-7000-bb97-fec1f29b07fb", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fe14-c707-7002-9d08-cde6ad136cee@localhost>', 1, '2026-11-21 12:28:56.962183+00', 'queued', '2026-11-21 12:28:56.962183+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fe14-c707-7000-9d79-4c3c24cb867d');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fe14-c791-7000-9144-645ce7e765da', 'exchanges.confirm_joining/01a1fe14-c790-7001-bf03-c6c1f5bea16b/frederik@demo.example.org/1', 'exchanges.confirm_joining', 'frederik@demo.example.org', '01a1fe14-c504-7000-a54e-2b3b492e4b57', '{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fe14-c790-7000-b7e7-6aac165b6be5", "exchange_id": "01a1fe14-c5e7-7000-bb97-fec1f29b07fb", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fe14-c791-7000-9144-645ce7e765da@localhost>', 1, '2026-11-21 12:28:57.09977+00', 'queued', '2026-11-21 12:28:57.09977+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fe14-c790-7000-b7e7-6aac165b6be5');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fe14-c824-7000-aaf0-76db4dcc4fc0', 'exchanges.confirm_joining/01a1fe14-c823-7001-8d29-24ebda1a4388/nora@demo.example.org/1', 'exchanges.confirm_joining', 'nora@demo.example.org', '01a1fe14-c58d-7000-9d4e-a93c5a1158d2', '{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fe14-c823-7000-b4a9-eec8c0041bf2", "exchange_id": "01a1fe14-c5e7-7000-bb97-fec1f29b07fb", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fe14-c824-7000-aaf0-76db4dcc4fc0@localhost>', 1, '2026-11-21 12:28:57.214841+00', 'queued', '2026-11-21 12:28:57.214841+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fe14-c823-7000-b4a9-eec8c0041bf2');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fe14-caa8-7000-aba7-a3c2a7d43a8d', 'exchanges.match_ready/01a1fe14-c663-7000-b38a-3c1da7bc002e/olga@demo.example.org/1', 'exchanges.match_ready', 'olga@demo.example.org', '01a1fe14-beed-7000-9a84-1d3597dadb04', '{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fe14-c663-7000-b38a-3c1da7bc002e", "exchange_id": "01a1fe14-c5e7-7000-bb97-fec1f29b07fb", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "56qy269855ra", "names": false}', '<01a1fe14-caa8-7000-aba7-a3c2a7d43a8d@localhost>', 1, '2026-11-21 12:28:57.640409+00', 'queued', '2026-11-21 12:28:57.640409+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fe14-c663-7000-b38a-3c1da7bc002e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fe14-caa8-7001-9514-dfa9ac50c8cf', 'exchanges.match_ready/01a1fe14-c6ca-7000-a88a-739418fe11b6/bjarne@demo.example.org/1', 'exchanges.match_ready', 'bjarne@demo.example.org', '01a1fe14-c3c3-7000-8880-64903ed8cd6a', '{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fe14-c6ca-7000-a88a-739418fe11b6", "exchange_id": "01a1fe14-c5e7-7000-bb97-fec1f29b07fb", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "56qy269855ra", "names": false}', '<01a1fe14-caa8-7001-9514-dfa9ac50c8cf@localhost>', 1, '2026-11-21 12:28:57.640409+00', 'queued', '2026-11-21 12:28:57.640409+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fe14-c6ca-7000-a88a-739418fe11b6');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fe14-caa8-7002-93cd-9cde25275d49', 'exchanges.match_ready/01a1fe14-c707-7000-9d79-4c3c24cb867d/ida@demo.example.org/1', 'exchanges.match_ready', 'ida@demo.example.org', '01a1fe14-c46b-7000-9e45-d8699431eb98', '{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fe14-c707-7000-9d79-4c3c24cb867d", "exchange_id": "01a1fe14-c5e7-7000-bb97-fec1f29b07fb", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "56qy269855ra", "names": false}', '<01a1fe14-caa8-7002-93cd-9cde25275d49@localhost>', 1, '2026-11-21 12:28:57.640409+00', 'queued', '2026-11-21 12:28:57.640409+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fe14-c707-7000-9d79-4c3c24cb867d');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fe14-caa8-7003-9b5e-e2d2eaab3740', 'exchanges.match_ready/01a1fe14-c790-7000-b7e7-6aac165b6be5/frederik@demo.example.org/1', 'exchanges.match_ready', 'frederik@demo.example.org', '01a1fe14-c504-7000-a54e-2b3b492e4b57', '{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fe14-c790-7000-b7e7-6aac165b6be5", "exchange_id": "01a1fe14-c5e7-7000-bb97-fec1f29b07fb", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "56qy269855ra", "names": false}', '<01a1fe14-caa8-7003-9b5e-e2d2eaab3740@localhost>', 1, '2026-11-21 12:28:57.640409+00', 'queued', '2026-11-21 12:28:57.640409+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fe14-c790-7000-b7e7-6aac165b6be5');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fe14-caa8-7004-89f3-bc7d0cd8f627', 'exchanges.match_ready/01a1fe14-c823-7000-b4a9-eec8c0041bf2/nora@demo.example.org/1', 'exchanges.match_ready', 'nora@demo.example.org', '01a1fe14-c58d-7000-9d4e-a93c5a1158d2', '{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fe14-c823-7000-b4a9-eec8c0041bf2", "exchange_id": "01a1fe14-c5e7-7000-bb97-fec1f29b07fb", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "56qy269855ra", "names": false}', '<01a1fe14-caa8-7004-89f3-bc7d0cd8f627@localhost>', 1, '2026-11-21 12:28:57.640409+00', 'queued', '2026-11-21 12:28:57.640409+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fe14-c823-7000-b4a9-eec8c0041bf2');
INSERT INTO kinkeeper_release.person VALUES ('01a1fe14-beed-7000-9a84-1d3597dadb04', '01a1fe14-bee8-7000-882f-9a9081ad4e9d', 'Olga', 'olga@demo.example.org', 'en', '2026-11-21 12:28:54.886593+00', '2026-11-21 12:28:56.02682+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fe14-c3c3-7000-8880-64903ed8cd6a', '01a1fe14-bee8-7000-882f-9a9081ad4e9d', 'Bjarne', 'bjarne@demo.example.org', 'en', '2026-11-21 12:28:56.127976+00', '2026-11-21 12:28:56.214806+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fe14-c46b-7000-9e45-d8699431eb98', '01a1fe14-bee8-7000-882f-9a9081ad4e9d', 'Ida', 'ida@demo.example.org', 'en', '2026-11-21 12:28:56.293879+00', '2026-11-21 12:28:56.388258+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fe14-c504-7000-a54e-2b3b492e4b57', '01a1fe14-bee8-7000-882f-9a9081ad4e9d', 'Frederik', 'frederik@demo.example.org', 'en', '2026-11-21 12:28:56.446364+00', '2026-11-21 12:28:56.544514+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fe14-c58d-7000-9d4e-a93c5a1158d2', '01a1fe14-bee8-7000-882f-9a9081ad4e9d', 'Nora', 'nora@demo.example.org', 'en', '2026-11-21 12:28:56.587658+00', '2026-11-21 12:28:56.607565+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fe14-c5ae-7000-99cf-8ac0191be27a', '01a1fe14-bee8-7000-882f-9a9081ad4e9d', 'Emil', 'emil@demo.example.org', 'en', '2026-11-21 12:28:56.620143+00', '2026-11-21 12:28:56.646135+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fe14-c5db-7000-86bd-e09363082e60', '01a1fe14-bee8-7000-882f-9a9081ad4e9d', 'Astrid', 'astrid@demo.example.org', 'en', '2026-11-21 12:28:56.66548+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fe14-c3a8-7000-bbea-ed6474d57a0c', '\xdd69cb5950993e998093deafb7f588b7d870f82fb258c3b3003e574a591d9720', '01a1fe14-beed-7000-9a84-1d3597dadb04', NULL, '2026-11-21 12:28:56.02682+00', '2026-11-21 12:28:56.02682+00', '2026-11-21 12:28:57.02682+00', '2026-11-21 12:28:57.02682+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fe14-c432-7000-8b89-60d728dd480b', '\x873631e6b206af9d04c1ce894432f39d6e9c02f8e07238a9ad3e40aa30e477d3', '01a1fe14-c3c3-7000-8880-64903ed8cd6a', NULL, '2026-11-21 12:28:56.214806+00', '2026-11-21 12:28:56.214806+00', '2026-11-21 12:28:57.214806+00', '2026-11-21 12:28:57.214806+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fe14-c4df-7000-8839-bafc1ee14080', '\x52ec50dcc55b7ac10ffee1c5ecf19bab71c841246a13105e699a037850f0833f', '01a1fe14-c46b-7000-9e45-d8699431eb98', NULL, '2026-11-21 12:28:56.388258+00', '2026-11-21 12:28:56.388258+00', '2026-11-21 12:28:57.388258+00', '2026-11-21 12:28:57.388258+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fe14-c57b-7000-b224-95c101ca37de', '\xd87a1aeaca16577fb16f9d5142593aa0631cb0e8547c8f4a5dfb0b2dc8564ed1', '01a1fe14-c504-7000-a54e-2b3b492e4b57', NULL, '2026-11-21 12:28:56.544514+00', '2026-11-21 12:28:56.544514+00', '2026-11-21 12:28:57.544514+00', '2026-11-21 12:28:57.544514+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fe14-c5a4-7000-bcbb-30b1a6c1c64b', '\x0bb917e95f9d846da091cd58eb2acdc409923586eaacbe3c84c5224a48fa0944', '01a1fe14-c58d-7000-9d4e-a93c5a1158d2', NULL, '2026-11-21 12:28:56.607565+00', '2026-11-21 12:28:56.607565+00', '2026-11-21 12:28:57.607565+00', '2026-11-21 12:28:57.607565+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fe14-c5cb-7000-89c9-90afef2bc008', '\x7819818156e9ffabb3497b43ce273b5ddf61f101fd33d9fd39d3323b1dad28ce', '01a1fe14-c5ae-7000-99cf-8ac0191be27a', NULL, '2026-11-21 12:28:56.646135+00', '2026-11-21 12:28:56.646135+00', '2026-11-21 12:28:57.646135+00', '2026-11-21 12:28:57.646135+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fe14-c6b6-7000-b20a-a62f83396b10', '\xb4b529888d4fac915323de747462b3fd3c2d46ef17b10b536b34172f8dacbd31', '01a1fe14-beed-7000-9a84-1d3597dadb04', NULL, '2026-11-21 12:28:56.869992+00', '2026-11-21 12:28:56.869992+00', '2026-11-21 12:28:57.869992+00', '2026-11-21 12:28:57.869992+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fe14-c6ea-7000-9fe2-7f3aeeb8c817', '\xe2a8bcdc3bf59d7c1750ff62182f6872b72713ec8203f35ff641cef6969f0c13', '01a1fe14-c3c3-7000-8880-64903ed8cd6a', NULL, '2026-11-21 12:28:56.931269+00', '2026-11-21 12:28:56.931269+00', '2026-11-21 12:28:57.931269+00', '2026-11-21 12:28:57.931269+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fe14-c77a-7000-aa17-81df9a5c8113', '\xab55c633a4242dbffc90dd608ce73190579bfeaacef1114cb52f89983e6f4ec9', '01a1fe14-c46b-7000-9e45-d8699431eb98', NULL, '2026-11-21 12:28:57.073248+00', '2026-11-21 12:28:57.073248+00', '2026-11-21 12:28:58.073248+00', '2026-11-21 12:28:58.073248+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fe14-c7bc-7000-85cf-a139c4497bd4', '\xfa9f106ff589724b0b609db0ce24b103956b6143944af91a7aac2e202354f4ad', '01a1fe14-c504-7000-a54e-2b3b492e4b57', NULL, '2026-11-21 12:28:57.13904+00', '2026-11-21 12:28:57.13904+00', '2026-11-21 12:28:58.13904+00', '2026-11-21 12:28:58.13904+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fe14-c8b0-7000-8eec-6469bbc6d021', '\xcca881155299fa97b5c5a18f138096c3cd9414633434357ffa2a8b444d0dead3', '01a1fe14-c58d-7000-9d4e-a93c5a1158d2', NULL, '2026-11-21 12:28:57.360531+00', '2026-11-21 12:28:57.360531+00', '2026-11-21 12:28:58.360531+00', '2026-11-21 12:28:58.360531+00');
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
ALTER TABLE ONLY kinkeeper_release.exchange_new_address
    ADD CONSTRAINT pk_exchange_new_address PRIMARY KEY (participant_id);
ALTER TABLE ONLY kinkeeper_release.exchange_organiser
    ADD CONSTRAINT pk_exchange_organiser PRIMARY KEY (exchange_id, person_id);
ALTER TABLE ONLY kinkeeper_release.exchange_pair_memory
    ADD CONSTRAINT pk_exchange_pair_memory PRIMARY KEY (series_id, gifts_on, giver_mark, receiver_mark);
ALTER TABLE ONLY kinkeeper_release.exchange_pair_rule
    ADD CONSTRAINT pk_exchange_pair_rule PRIMARY KEY (giver_id, receiver_id);
ALTER TABLE ONLY kinkeeper_release.exchange_participant
    ADD CONSTRAINT pk_exchange_participant PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.exchange_reminder
    ADD CONSTRAINT pk_exchange_reminder PRIMARY KEY (participant_id, days);
ALTER TABLE ONLY kinkeeper_release.exchange_reveal
    ADD CONSTRAINT pk_exchange_reveal PRIMARY KEY (id);
ALTER TABLE ONLY kinkeeper_release.exchange_wish
    ADD CONSTRAINT pk_exchange_wish PRIMARY KEY (id);
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
ALTER TABLE ONLY kinkeeper_release.live_event
    ADD CONSTRAINT pk_live_event PRIMARY KEY (id);
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
CREATE INDEX ix_exchange_draw_changed_for_id ON kinkeeper_release.exchange_draw USING btree (changed_for_id);
CREATE INDEX ix_exchange_gifts_on ON kinkeeper_release.exchange USING btree (gifts_on);
CREATE INDEX ix_exchange_household_rule_household_id ON kinkeeper_release.exchange_household_rule USING btree (household_id);
CREATE INDEX ix_exchange_organiser_person_id ON kinkeeper_release.exchange_organiser USING btree (person_id);
CREATE INDEX ix_exchange_pair_rule_exchange_id ON kinkeeper_release.exchange_pair_rule USING btree (exchange_id);
CREATE INDEX ix_exchange_pair_rule_receiver_id ON kinkeeper_release.exchange_pair_rule USING btree (receiver_id);
CREATE INDEX ix_exchange_participant_person_id ON kinkeeper_release.exchange_participant USING btree (person_id);
CREATE INDEX ix_exchange_participant_unconfirmed ON kinkeeper_release.exchange_participant USING btree (exchange_id) WHERE (confirmed_at IS NULL);
CREATE INDEX ix_exchange_reveal_exchange_id ON kinkeeper_release.exchange_reveal USING btree (exchange_id);
CREATE INDEX ix_exchange_reveal_giver_id ON kinkeeper_release.exchange_reveal USING btree (giver_id);
CREATE INDEX ix_exchange_series_id ON kinkeeper_release.exchange USING btree (series_id);
CREATE INDEX ix_exchange_state_closes_on ON kinkeeper_release.exchange USING btree (state, closes_on);
CREATE INDEX ix_exchange_wish_participant_id ON kinkeeper_release.exchange_wish USING btree (participant_id);
CREATE INDEX ix_guardian_guardian_id ON kinkeeper_release.guardian USING btree (guardian_id);
CREATE INDEX ix_household_circle_id ON kinkeeper_release.household USING btree (circle_id);
CREATE INDEX ix_household_member_person_id ON kinkeeper_release.household_member USING btree (person_id);
CREATE INDEX ix_limit_spending_ends_at ON kinkeeper_release.limit_spending USING btree (ends_at);
CREATE INDEX ix_link_asked_by ON kinkeeper_release.link USING btree (asked_by);
CREATE INDEX ix_link_ends_at ON kinkeeper_release.link USING btree (ends_at);
CREATE INDEX ix_link_reader_id ON kinkeeper_release.link USING btree (reader_id);
CREATE INDEX ix_link_subject_id ON kinkeeper_release.link USING btree (subject_id);
CREATE INDEX ix_live_event_at ON kinkeeper_release.live_event USING btree (at);
CREATE INDEX ix_live_event_topic_id ON kinkeeper_release.live_event USING btree (topic, id);
CREATE INDEX ix_outbox_letter_about_id ON kinkeeper_release.outbox_letter USING btree (about_id);
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
    ADD CONSTRAINT fk_exchange_draw_changed_for_id_exchange_participant FOREIGN KEY (changed_for_id) REFERENCES kinkeeper_release.exchange_participant(id) ON DELETE SET NULL;
ALTER TABLE ONLY kinkeeper_release.exchange_draw
    ADD CONSTRAINT fk_exchange_draw_exchange_id_exchange FOREIGN KEY (exchange_id) REFERENCES kinkeeper_release.exchange(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_household_rule
    ADD CONSTRAINT fk_exchange_household_rule_exchange_id_exchange FOREIGN KEY (exchange_id) REFERENCES kinkeeper_release.exchange(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_household_rule
    ADD CONSTRAINT fk_exchange_household_rule_household_id_household FOREIGN KEY (household_id) REFERENCES kinkeeper_release.household(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_new_address
    ADD CONSTRAINT fk_exchange_new_address_participant_id_exchange_participant FOREIGN KEY (participant_id) REFERENCES kinkeeper_release.exchange_participant(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_organiser
    ADD CONSTRAINT fk_exchange_organiser_exchange_id_exchange FOREIGN KEY (exchange_id) REFERENCES kinkeeper_release.exchange(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_organiser
    ADD CONSTRAINT fk_exchange_organiser_person_id_person FOREIGN KEY (person_id) REFERENCES kinkeeper_release.person(id);
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
ALTER TABLE ONLY kinkeeper_release.exchange_reminder
    ADD CONSTRAINT fk_exchange_reminder_participant_id_exchange_participant FOREIGN KEY (participant_id) REFERENCES kinkeeper_release.exchange_participant(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_reveal
    ADD CONSTRAINT fk_exchange_reveal_exchange_id_exchange FOREIGN KEY (exchange_id) REFERENCES kinkeeper_release.exchange(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_reveal
    ADD CONSTRAINT fk_exchange_reveal_giver_id_exchange_participant FOREIGN KEY (giver_id) REFERENCES kinkeeper_release.exchange_participant(id) ON DELETE CASCADE;
ALTER TABLE ONLY kinkeeper_release.exchange_wish
    ADD CONSTRAINT fk_exchange_wish_participant_id_exchange_participant FOREIGN KEY (participant_id) REFERENCES kinkeeper_release.exchange_participant(id) ON DELETE CASCADE;
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
