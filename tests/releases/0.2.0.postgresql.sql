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
    publishes_draw_at timestamp with time zone,
    names_in_letters_at timestamp with time zone,
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
    gifts_on date,
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
INSERT INTO kinkeeper_release.account VALUES ('01a1fec5-5d5f-7000-8ecb-b55d9817ef38', '01a1fec5-5d51-7000-b209-31d4b4981f93', 'olga@demo.example.org', '$argon2id$v=19$m=19456,t=2,p=1$/5kvT7AsIXJkS7O09fMqbQ$vDn+G62U9gYUn1+q0UO249YBsMECUWIHbAQfjFGGChk', true, 0, '2026-11-21 15:41:49.774929+00');
INSERT INTO kinkeeper_release.alembic_version VALUES ('0002');
INSERT INTO kinkeeper_release.audit_entry VALUES (1, '2026-11-21 15:41:49.774929+00', NULL, 'Kinkeeper', 'account.administrator_created', '01a1fec5-5d5f-7000-8ecb-b55d9817ef38', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (2, '2026-11-21 15:41:49.833249+00', '01a1fec5-5d5f-7000-8ecb-b55d9817ef38', 'Olga', 'exchange.begun', '01a1fec5-5d89-7000-b23e-f10c97ea9e28', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (3, '2026-11-21 15:41:51.457872+00', '01a1fec5-5d5f-7000-8ecb-b55d9817ef38', 'Olga', 'exchange.begun', '01a1fec5-63e6-7000-a8d9-02050f2c0dc3', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (4, '2026-11-21 15:41:52.426261+00', '01a1fec5-5d5f-7000-8ecb-b55d9817ef38', 'Olga', 'exchange.household_ruled_out', '01a1fec5-63e6-7000-a8d9-02050f2c0dc3', '{"people": 2}');
INSERT INTO kinkeeper_release.audit_entry VALUES (5, '2026-11-21 15:41:52.479602+00', '01a1fec5-5d5f-7000-8ecb-b55d9817ef38', 'Olga', 'exchange.closed', '01a1fec5-63e6-7000-a8d9-02050f2c0dc3', '{}');
INSERT INTO kinkeeper_release.audit_entry VALUES (6, '2026-11-21 15:41:52.53198+00', '01a1fec5-5d5f-7000-8ecb-b55d9817ef38', 'Olga', 'exchange.names_drawn', '01a1fec5-63e6-7000-a8d9-02050f2c0dc3', '{"people": 5, "commitment": "a367039eb7400560527924063ed52f8a4429549affeff9ba4462247cc9a09fb8"}');
INSERT INTO kinkeeper_release.circle VALUES ('01a1fec5-5d4f-7000-9b67-f44527a24d23', 'The Olsens', 'en', 'Europe/London', '2026-11-21 15:41:49.774929+00');
INSERT INTO kinkeeper_release.exchange VALUES ('01a1fec5-5d89-7000-b23e-f10c97ea9e28', '01a1fec5-5d4f-7000-9b67-f44527a24d23', 'w2hgg62r9vbq', 'Christmas at the Olsens', 'Home-made is welcome. Nobody needs another mug.', 'around £20', NULL, '2026-12-14', '2026-12-24', 'Europe/London', 'open', '2026-11-21 15:41:49.833249+00', NULL, 30, NULL, '01a1fec5-5d8b-7000-9c27-9bf77f7dd888', 'any', 3, false, false, NULL, NULL, NULL, NULL, '7,1');
INSERT INTO kinkeeper_release.exchange VALUES ('01a1fec5-63e6-7000-a8d9-02050f2c0dc3', '01a1fec5-5d4f-7000-9b67-f44527a24d23', 'b7v9sksagfzc', 'Midsummer surprise', 'Home-made is welcome. Nobody needs another mug.', 'around £20', NULL, '2027-06-14', '2027-06-24', 'Europe/London', 'drawn', '2026-11-21 15:41:51.457872+00', '2026-11-21 15:41:52.53198+00', 30, NULL, '01a1fec5-63e7-7000-a4d1-ccef0fe84545', 'any', 3, false, false, NULL, NULL, '\x0155dd2f2e61bb2295bb0eee45d6998215be45a58224b839534ec2109711391ad28ffea6625a395fdfbb0631ab73a4749accfa9906ab0f4c7e7e8befbd0b28fbf2', NULL, '7,1');
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1fec5-6843-7000-bd6b-179a2932875d', '01a1fec5-645e-7000-af6f-d76f85f46d35', '\x0155dd2f2ebe64c3593d67dc706fac871a952f5a3c69159998c7d7a11368012643ec1c863d640a7ad1816fc87a5e5ef71e', '\x1f19e8759f60ebf95f69d3147740fcf222d7529666a716b506d1c015f81d5675', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1fec5-6843-7000-bd6b-179a2932875d', '01a1fec5-6552-7000-85bb-e83300e46d31', '\x0155dd2f2e319c9a0fcf1617394b79f010139bf635e1f146baaf4a57506c1c8386d383ca9817f64362da056b20fbd2d194', '\x2791076e2519573e623fa530b64384e3f7e70e9a0496fb2fdd6e6096e0dcbe3a', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1fec5-6843-7000-bd6b-179a2932875d', '01a1fec5-664f-7000-896d-a51e81b23796', '\x0155dd2f2e49e728daa2fa51fcaf04de9d2c6622f24381e5c38c3140d2f91d865a7dd02f0e319389a679e91d4925f500d0', '\x4586e2667d57ea4804637582866ac3c938425e50866cc87c31f005753e1c0234', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1fec5-6843-7000-bd6b-179a2932875d', '01a1fec5-66d7-7000-8052-bbbb53bd9e58', '\x0155dd2f2ead12fbf529980f4b82ad8c446abce9833a99616e4645ed6d07a8bc64efa37b214af0a3d6ab5566b5cfdfff86', '\x17827751e45682258dd7cd0638642bc9b1300023054495d8539282800779eea0', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.exchange_assignment VALUES ('01a1fec5-6843-7000-bd6b-179a2932875d', '01a1fec5-6741-7000-a7aa-4ee637f8a95e', '\x0155dd2f2efa7ac1d5987c3b9d280a3543c71daabc1ba3c31a7a3f7d0a979f2861f771a59679f54830ef8d98332e5d869e', '\xaa34ed418d18f5ccea377861ed9dffdc1ca873a40438c1f9fbae485dfa8ebee4', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.exchange_draw VALUES ('01a1fec5-6843-7000-bd6b-179a2932875d', '01a1fec5-63e6-7000-a8d9-02050f2c0dc3', 1, '2026-11-21 15:41:52.53198+00', 'exact', 'draw', '', '\x0155dd2f2ed2cd7939818b796e57edbc30a3004d80eeb45bdc51fef6f8caefdeb298fb2b9aa8aa7f289f2c35b1634d4481afcfc01713ea6964f355d815e329aca81ae43eff4fcf177dec53a53ee6e0df46bd9ee766a30c7094bb19ba2aebd483d90e6d2982a94f2748246660b8d1161b21c30e1c4000b19713d1422e16ff36435baf680379c3fc6251c9bf5351524dadb9cbf9807ce1af9031e2b96e9e8753a2427aef750d5fcb80abba3f5f864e948f1e11958f71b5d01bbefc11cd7dd8692b4a1146b4982494e1586dd14d1c2c321245f1dc254a237674348bb70311436ae32b94f4c022c2716c135c4b911e63cf8a0ca9b5a456e1750cec4f6ca9ffe9bcdfb7bfde5b978c0fb1933b0fd9dabd0e2a7d58788c23007908298a5311e58c7dabccb6af3f2f01cfbcd5bb35cf77a946e1a39907a54a804f01f5ca9593638be58fd45d9881797d34aaf88d6bd1157035301c85ce415fe16fafe3b583de0455b193607f2db068d9006482b154d8144c6db5afd94cc88586f5c7872ea03fb4f339e68d506e52aa2a826a011edbff0c6e29ec6018120df1fdb21a307a7b1a4a79a461981ef7e4990fe69b978c933079d1cfd61cbc4955703e77abf26fe9c42484b35be719a365cc8389b70fac095abd77b987afa33c4093fba35d697a3f7c032b4c35b71069d8834db0e64a7618368a2d2d24b9374719f14e0d824d0a3db93a084169e8a39efc47830c0c0de1c38300262a2c3826a994284fa0517462f434db138138e6fcd17446af251c88a5d900c2ebe8b5a786b6953f5bd9825497305c0705c3a61177940daaa96e2871c2131735c2805ef12bd02eeebe9f9535c2c0745c2563b202f480a2541b77ec5eff9c4e423485e8889b7cad04740d7c6e6ee68bb9019f43b567159df9b5a63933dcfc5c23dff4c86298dbca6b312c055d85acf901d655c87750775534b698dce433ddf7bcd7962394c0dd4ba6fda866cac0ba7a3856017168d21fa90b27825ba098585ffcf493069dd2567e9f5998f3f055fa2341c302f9c0e97ba545f1b4521e00973673c220', 'a367039eb7400560527924063ed52f8a4429549affeff9ba4462247cc9a09fb8', '2027-06-24', NULL);
INSERT INTO kinkeeper_release.exchange_household_rule VALUES ('01a1fec5-63e6-7000-a8d9-02050f2c0dc3', '01a1fec5-679a-7000-9f58-16218941ca21');
INSERT INTO kinkeeper_release.exchange_organiser VALUES ('01a1fec5-5d89-7000-b23e-f10c97ea9e28', '01a1fec5-5d51-7000-b209-31d4b4981f93', '2026-11-21 15:41:49.833249+00', false, false, false);
INSERT INTO kinkeeper_release.exchange_organiser VALUES ('01a1fec5-63e6-7000-a8d9-02050f2c0dc3', '01a1fec5-5d51-7000-b209-31d4b4981f93', '2026-11-21 15:41:51.457872+00', false, false, false);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fec5-5df2-7000-9409-33d8071e90ac', '01a1fec5-5d89-7000-b23e-f10c97ea9e28', '01a1fec5-5d51-7000-b209-31d4b4981f93', 'Olga', 'Thick socks. And time for tea.', 'en', '\x18506821a52c4557e6df7c0c57d02f04', '2026-11-21 15:41:49.91906+00', '2026-11-21 15:41:50.487186+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fec5-6088-7000-b4dd-ff9cb5b83616', '01a1fec5-5d89-7000-b23e-f10c97ea9e28', '01a1fec5-6084-7000-8fbc-7ce1aab7a71c', 'Bjarne', 'A new kite, or a book about boats.', 'en', '\xfd60532be86168162150c8fee6a7e21e', '2026-11-21 15:41:50.58519+00', '2026-11-21 15:41:50.648435+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fec5-60d3-7000-853d-743441cde72d', '01a1fec5-5d89-7000-b23e-f10c97ea9e28', '01a1fec5-60d0-7000-873c-577cd7f1ba46', 'Ida', 'Watercolours', 'en', '\xe5ec45702b008101229ccafcfa151afa', '2026-11-21 15:41:50.671089+00', '2026-11-21 15:41:50.725846+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fec5-6146-7000-8a3d-5952237443f5', '01a1fec5-5d89-7000-b23e-f10c97ea9e28', '01a1fec5-6142-7000-97cc-6b867b99e5d9', 'Frederik', '', 'en', '\x5067ef00bac725ffc84cee154ba4f058', '2026-11-21 15:41:50.784502+00', '2026-11-21 15:41:50.854591+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fec5-61da-7000-98f9-691515ddbf3b', '01a1fec5-5d89-7000-b23e-f10c97ea9e28', '01a1fec5-61d8-7000-be35-d3c25895ada9', 'Nora', 'Something for the balcony that survives me', 'en', '\x2b161e69be065c0210fe0b95b50f8aeb', '2026-11-21 15:41:50.929059+00', '2026-11-21 15:41:51.066369+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fec5-62c2-7000-bcbb-1a229df43246', '01a1fec5-5d89-7000-b23e-f10c97ea9e28', '01a1fec5-62b2-7000-a818-c3a787a6f3b8', 'Emil', 'Lego, dinosaurs, or both', 'en', '\x6a3abf5b8097e96cde91b58693a16ea4', '2026-11-21 15:41:51.151064+00', '2026-11-21 15:41:51.265874+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fec5-63a3-7000-9ef6-41eaf5d1a766', '01a1fec5-5d89-7000-b23e-f10c97ea9e28', '01a1fec5-6392-7000-9cb0-97f0254f91c1', 'Astrid', 'A good whetstone', 'en', '\x140b2b50eb964df58d3c6e18f5f6bdd2', '2026-11-21 15:41:51.368775+00', NULL, NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fec5-645e-7000-af6f-d76f85f46d35', '01a1fec5-63e6-7000-a8d9-02050f2c0dc3', '01a1fec5-5d51-7000-b209-31d4b4981f93', 'Olga', 'Thick socks. And time for tea.', 'en', '\xbc1e377396bc23e811403ce1950a00fd', '2026-11-21 15:41:51.562008+00', '2026-11-21 15:41:51.694923+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fec5-6552-7000-85bb-e83300e46d31', '01a1fec5-63e6-7000-a8d9-02050f2c0dc3', '01a1fec5-6084-7000-8fbc-7ce1aab7a71c', 'Bjarne', 'A new kite, or a book about boats.', 'en', '\x60b6d8e48b70aea2c1f7601e11031c07', '2026-11-21 15:41:51.805869+00', '2026-11-21 15:41:51.9414+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fec5-664f-7000-896d-a51e81b23796', '01a1fec5-63e6-7000-a8d9-02050f2c0dc3', '01a1fec5-60d0-7000-873c-577cd7f1ba46', 'Ida', 'Watercolours', 'en', '\x208838b9b49e6bb3dc335b9f32008cee', '2026-11-21 15:41:52.05991+00', '2026-11-21 15:41:52.166223+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fec5-66d7-7000-8052-bbbb53bd9e58', '01a1fec5-63e6-7000-a8d9-02050f2c0dc3', '01a1fec5-6142-7000-97cc-6b867b99e5d9', 'Frederik', '', 'en', '\xe93a2309a23f6bf657db57e3f19ba842', '2026-11-21 15:41:52.208909+00', '2026-11-21 15:41:52.259143+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.exchange_participant VALUES ('01a1fec5-6741-7000-a7aa-4ee637f8a95e', '01a1fec5-63e6-7000-a8d9-02050f2c0dc3', '01a1fec5-61d8-7000-be35-d3c25895ada9', 'Nora', 'Something for the balcony that survives me', 'en', '\x8cfd420311bcd6ff7760f21534016cc1', '2026-11-21 15:41:52.311334+00', '2026-11-21 15:41:52.359359+00', NULL, NULL, NULL, true, true);
INSERT INTO kinkeeper_release.household VALUES ('01a1fec5-679a-7000-9f58-16218941ca21', '01a1fec5-5d4f-7000-9b67-f44527a24d23', 'Oak Road');
INSERT INTO kinkeeper_release.household_member VALUES ('01a1fec5-679a-7000-9f58-16218941ca21', '01a1fec5-5d51-7000-b209-31d4b4981f93');
INSERT INTO kinkeeper_release.household_member VALUES ('01a1fec5-679a-7000-9f58-16218941ca21', '01a1fec5-6084-7000-8fbc-7ce1aab7a71c');
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x2726c08f462719b8133d964c2ccb72591b378b0663efbe9c6781cb4da841ffe6', '2026-11-21 16:41:51.118776+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xd4ef51e05b4d593b8bad783769d65ba3d3935128dad25f1e2853952a44cce52a', '2026-11-21 15:56:51.118776+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xc955e06ab19486231e3abbeb390eadfca9dfb5e2bdc04b3642659f228f7fdf7f', '2026-11-21 15:46:51.223784+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x72dfff75806290cf6a7234179d45b419afccdd29cdb573b2de265ab37961182a', '2026-11-21 16:41:49.899027+00', 7);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xa711030d3c288dec4c793b3593e22b640a3ee7437171d75ec5f90a6d162be43d', '2026-11-21 15:56:51.323624+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xab84e7df6150565b165aee3c202796de21bf3c3c238c62b1a01d5a2a84cff24c', '2026-11-21 16:41:51.323624+00', 1);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x7d5efb842782d623fa5e4ea7fa70c38cac297032775915f69c8924bf4d0b8f5f', '2026-11-21 16:41:49.899027+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xaa8032784984547d71e1048bc7feafab4c20ae3dc30dfda700aaee5f99fcdfa4', '2026-11-21 15:56:49.899027+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x97e4fe730211966ad85501cae57e6820738eacf11c22e14c5d4b724f0d08fb1b', '2026-11-21 15:46:50.015151+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x6a2730821b65ec16c357ca6c1ca68c2d0b4c9c771cd8feaf631b9de81f651115', '2026-11-21 16:41:50.562648+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x768b1d19b7fec6108b49ea622eaef394db3acf844cd04bd0003a8f1d85adde8f', '2026-11-21 15:56:50.562648+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x7350fdfcba5cd8d286f14a69c941cedd9f970fe078c021167a7ece516b2bf7ec', '2026-11-21 15:46:50.634094+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xb19a2df4a0541b811ba1d4fee7657f8a12bb50ee24c1adb5909fbfe00a82e218', '2026-11-21 15:56:50.663608+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xf687980b0f9fc0ccc733b381ac87aa08e3e752c81c625dd11842d074a4f8e0e6', '2026-11-21 16:41:50.663608+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x8ca01ca48398e922b4cf37a9508024c24fcc7876e985f6f2c080ea43d7554d88', '2026-11-21 15:46:50.692424+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x075307d0cb064b9b2c57cfc19e79f492a1894071bc747b67487b9e031c34101a', '2026-11-21 16:41:50.772457+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xadc8a691fc776736fadaaa429ef06e22f0770204e0c20ab94e823eef5c2f55d0', '2026-11-21 15:56:50.772457+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x5984c5f715c855261cf4750739a0d59d04965b876ebd45c9b7f2d120f09c6a6e', '2026-11-21 15:46:50.822043+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x6324ad23e02e970377ea11c626e6848c456c23c4198d8ad1e3866ef850cbf87e', '2026-11-21 15:56:50.903297+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xda191cc95d96825f64984a0bdda2923f60b7870523411f0a98302efe2232fde3', '2026-11-21 16:41:50.903297+00', 2);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\xffb9517c0b298022ddde4642733cd799736131963aab61d778465c5116027f04', '2026-11-21 16:41:51.519635+00', 5);
INSERT INTO kinkeeper_release.limit_spending VALUES ('\x5851be066129f99ec9c6f1a8f1f322f6f29bd563052860a1c936117008d4e909', '2026-11-21 15:46:51.003117+00', 2);
INSERT INTO kinkeeper_release.link VALUES ('01a1fec5-5e0d-7000-8f55-fab768ca976c', 'exchanges.confirm', '01a1fec5-5df2-7000-9409-33d8071e90ac', '\xed31d5b031894fc4bf2cad39d2a3717d90d945c1a5d5cda74d7149308c825b7d', 259200, NULL, '2026-11-21 15:41:50.487186+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fec5-6088-7002-a891-4a9bfdc773a0', 'exchanges.confirm', '01a1fec5-6088-7000-b4dd-ff9cb5b83616', '\xb9e5b73587c9a17b1a320be12ec2e7dcc2af7d78d6858986f96377cf5a177d0f', 259200, NULL, '2026-11-21 15:41:50.648435+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fec5-60d4-7001-aa7b-fbc98af873eb', 'exchanges.confirm', '01a1fec5-60d3-7000-853d-743441cde72d', '\xf06f6a4a8dd6e53490ac7f4ce99d44e7b2b9b374fb955d0ba2d5879a22292019', 259200, NULL, '2026-11-21 15:41:50.725846+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fec5-6146-7002-9e20-90243e89768d', 'exchanges.confirm', '01a1fec5-6146-7000-8a3d-5952237443f5', '\xa4258f118a25643cb44507d05c0f3569fc97b43e97035151285aa288afcde69d', 259200, NULL, '2026-11-21 15:41:50.854591+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fec5-61db-7000-a9f2-cdbbc1a09e74', 'exchanges.confirm', '01a1fec5-61da-7000-98f9-691515ddbf3b', '\x71c385a59099a2fca06f567ce2099bcb5c844c70668e108bb7bcc07be9821c38', 259200, NULL, '2026-11-21 15:41:51.066369+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fec5-62c2-7002-9db8-2050d0eb78b9', 'exchanges.confirm', '01a1fec5-62c2-7000-bcbb-1a229df43246', '\xcc8804c8059aa1f03ca16b57a8d9906489e30fc64a05b946ea6576d7279eea63', 259200, NULL, '2026-11-21 15:41:51.265874+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fec5-63a3-7002-881d-5451c3081796', 'exchanges.confirm', '01a1fec5-63a3-7000-9ef6-41eaf5d1a766', '\x8d659ce04e9b4717f76770ae945097323278b52e79f05dec073c18b095b07aee', 259200, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fec5-645f-7001-a384-cbcbd25ed829', 'exchanges.confirm', '01a1fec5-645e-7000-af6f-d76f85f46d35', '\x450ad96d265ed7968b009374811ae9e2d6d75088d21e5ad10c8a5ce353823a71', 259200, NULL, '2026-11-21 15:41:51.694923+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fec5-6552-7002-891c-0cab09b38338', 'exchanges.confirm', '01a1fec5-6552-7000-85bb-e83300e46d31', '\x624f67dce09629540dbe90ef50987d0ec476bb12c020c7bd32ca1d3357121cdb', 259200, NULL, '2026-11-21 15:41:51.9414+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fec5-664f-7002-b6e7-d29c281b62ff', 'exchanges.confirm', '01a1fec5-664f-7000-896d-a51e81b23796', '\x301284d91d8619c6c4b19112feb572f220d2f06e560ba13d8b25051a7a1e5816', 259200, NULL, '2026-11-21 15:41:52.166223+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fec5-66d7-7002-8cde-8f13f8d39515', 'exchanges.confirm', '01a1fec5-66d7-7000-8052-bbbb53bd9e58', '\x5a38ec6043502db379d06adacf4582855447ed1bfe5a3714a3881ce63269b1cd', 259200, NULL, '2026-11-21 15:41:52.259143+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fec5-6742-7001-a6e6-c922721a7897', 'exchanges.confirm', '01a1fec5-6741-7000-a7aa-4ee637f8a95e', '\xbd46650b1f8f3c30c4659fc8fc3bfabfb91c1d4170e012f86ac94688fde7b4f5', 259200, NULL, '2026-11-21 15:41:52.359359+00', NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fec5-68e2-7000-80c0-7bb0326446a3', 'exchanges.ready', '01a1fec5-645e-7000-af6f-d76f85f46d35', '\xe6f30d74acf8cce43c36162b8218d687da95c685a65d78be8a24b57273dd009c', 259200, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fec5-68e2-7001-b1e6-63fcee322918', 'exchanges.ready', '01a1fec5-6552-7000-85bb-e83300e46d31', '\x9499a2334b0e609ebad933fa72ce1fc09ea55fde2fe559c3e2138cbf81a88852', 259200, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fec5-68e2-7002-92f7-c67f26720a89', 'exchanges.ready', '01a1fec5-664f-7000-896d-a51e81b23796', '\xa36577c3c26ac55e2e6b2c3f4f0466aa4a06ef178a97fbe9f3891be39e40ccf1', 259200, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fec5-68e2-7003-a84c-9bab7b06fc32', 'exchanges.ready', '01a1fec5-66d7-7000-8052-bbbb53bd9e58', '\xa9de07784882a9e230b1b885dbfc7999f2a22c3654d7ffa322c1c86acb39b2ff', 259200, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.link VALUES ('01a1fec5-68e2-7004-9253-9ff4a938a44e', 'exchanges.ready', '01a1fec5-6741-7000-a7aa-4ee637f8a95e', '\x67dd3dd951414ae2bf5f4af64323eba03e90b3740f8f63f89528bb0e47c80958', 259200, NULL, NULL, NULL, NULL, NULL);
INSERT INTO kinkeeper_release.live_event VALUES (1, '2026-11-21 15:41:49.91906+00', 'exchange/01a1fec5-5d89-7000-b23e-f10c97ea9e28', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (2, '2026-11-21 15:41:50.487186+00', 'exchange/01a1fec5-5d89-7000-b23e-f10c97ea9e28', 'seat.confirmed', '01a1fec5-5df2-7000-9409-33d8071e90ac', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (3, '2026-11-21 15:41:50.487186+00', 'exchange/01a1fec5-5d89-7000-b23e-f10c97ea9e28', 'seat.visited', '01a1fec5-5df2-7000-9409-33d8071e90ac', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (4, '2026-11-21 15:41:50.58519+00', 'exchange/01a1fec5-5d89-7000-b23e-f10c97ea9e28', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (5, '2026-11-21 15:41:50.648435+00', 'exchange/01a1fec5-5d89-7000-b23e-f10c97ea9e28', 'seat.confirmed', '01a1fec5-6088-7000-b4dd-ff9cb5b83616', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (6, '2026-11-21 15:41:50.648435+00', 'exchange/01a1fec5-5d89-7000-b23e-f10c97ea9e28', 'seat.visited', '01a1fec5-6088-7000-b4dd-ff9cb5b83616', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (7, '2026-11-21 15:41:50.671089+00', 'exchange/01a1fec5-5d89-7000-b23e-f10c97ea9e28', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (8, '2026-11-21 15:41:50.725846+00', 'exchange/01a1fec5-5d89-7000-b23e-f10c97ea9e28', 'seat.confirmed', '01a1fec5-60d3-7000-853d-743441cde72d', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (9, '2026-11-21 15:41:50.725846+00', 'exchange/01a1fec5-5d89-7000-b23e-f10c97ea9e28', 'seat.visited', '01a1fec5-60d3-7000-853d-743441cde72d', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (10, '2026-11-21 15:41:50.784502+00', 'exchange/01a1fec5-5d89-7000-b23e-f10c97ea9e28', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (11, '2026-11-21 15:41:50.854591+00', 'exchange/01a1fec5-5d89-7000-b23e-f10c97ea9e28', 'seat.confirmed', '01a1fec5-6146-7000-8a3d-5952237443f5', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (12, '2026-11-21 15:41:50.854591+00', 'exchange/01a1fec5-5d89-7000-b23e-f10c97ea9e28', 'seat.visited', '01a1fec5-6146-7000-8a3d-5952237443f5', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (13, '2026-11-21 15:41:50.929059+00', 'exchange/01a1fec5-5d89-7000-b23e-f10c97ea9e28', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (14, '2026-11-21 15:41:51.066369+00', 'exchange/01a1fec5-5d89-7000-b23e-f10c97ea9e28', 'seat.confirmed', '01a1fec5-61da-7000-98f9-691515ddbf3b', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (15, '2026-11-21 15:41:51.066369+00', 'exchange/01a1fec5-5d89-7000-b23e-f10c97ea9e28', 'seat.visited', '01a1fec5-61da-7000-98f9-691515ddbf3b', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (16, '2026-11-21 15:41:51.151064+00', 'exchange/01a1fec5-5d89-7000-b23e-f10c97ea9e28', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (17, '2026-11-21 15:41:51.265874+00', 'exchange/01a1fec5-5d89-7000-b23e-f10c97ea9e28', 'seat.confirmed', '01a1fec5-62c2-7000-bcbb-1a229df43246', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (18, '2026-11-21 15:41:51.265874+00', 'exchange/01a1fec5-5d89-7000-b23e-f10c97ea9e28', 'seat.visited', '01a1fec5-62c2-7000-bcbb-1a229df43246', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (19, '2026-11-21 15:41:51.368775+00', 'exchange/01a1fec5-5d89-7000-b23e-f10c97ea9e28', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (20, '2026-11-21 15:41:51.562008+00', 'exchange/01a1fec5-63e6-7000-a8d9-02050f2c0dc3', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (21, '2026-11-21 15:41:51.694923+00', 'exchange/01a1fec5-63e6-7000-a8d9-02050f2c0dc3', 'seat.confirmed', '01a1fec5-645e-7000-af6f-d76f85f46d35', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (22, '2026-11-21 15:41:51.694923+00', 'exchange/01a1fec5-63e6-7000-a8d9-02050f2c0dc3', 'seat.visited', '01a1fec5-645e-7000-af6f-d76f85f46d35', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (23, '2026-11-21 15:41:51.805869+00', 'exchange/01a1fec5-63e6-7000-a8d9-02050f2c0dc3', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (24, '2026-11-21 15:41:51.9414+00', 'exchange/01a1fec5-63e6-7000-a8d9-02050f2c0dc3', 'seat.confirmed', '01a1fec5-6552-7000-85bb-e83300e46d31', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (25, '2026-11-21 15:41:51.9414+00', 'exchange/01a1fec5-63e6-7000-a8d9-02050f2c0dc3', 'seat.visited', '01a1fec5-6552-7000-85bb-e83300e46d31', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (26, '2026-11-21 15:41:52.05991+00', 'exchange/01a1fec5-63e6-7000-a8d9-02050f2c0dc3', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (27, '2026-11-21 15:41:52.166223+00', 'exchange/01a1fec5-63e6-7000-a8d9-02050f2c0dc3', 'seat.confirmed', '01a1fec5-664f-7000-896d-a51e81b23796', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (28, '2026-11-21 15:41:52.166223+00', 'exchange/01a1fec5-63e6-7000-a8d9-02050f2c0dc3', 'seat.visited', '01a1fec5-664f-7000-896d-a51e81b23796', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (29, '2026-11-21 15:41:52.208909+00', 'exchange/01a1fec5-63e6-7000-a8d9-02050f2c0dc3', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (30, '2026-11-21 15:41:52.259143+00', 'exchange/01a1fec5-63e6-7000-a8d9-02050f2c0dc3', 'seat.confirmed', '01a1fec5-66d7-7000-8052-bbbb53bd9e58', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (31, '2026-11-21 15:41:52.259143+00', 'exchange/01a1fec5-63e6-7000-a8d9-02050f2c0dc3', 'seat.visited', '01a1fec5-66d7-7000-8052-bbbb53bd9e58', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (32, '2026-11-21 15:41:52.311334+00', 'exchange/01a1fec5-63e6-7000-a8d9-02050f2c0dc3', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.live_event VALUES (33, '2026-11-21 15:41:52.359359+00', 'exchange/01a1fec5-63e6-7000-a8d9-02050f2c0dc3', 'seat.confirmed', '01a1fec5-6741-7000-a7aa-4ee637f8a95e', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (34, '2026-11-21 15:41:52.359359+00', 'exchange/01a1fec5-63e6-7000-a8d9-02050f2c0dc3', 'seat.visited', '01a1fec5-6741-7000-a7aa-4ee637f8a95e', '{}');
INSERT INTO kinkeeper_release.live_event VALUES (35, '2026-11-21 15:41:52.53198+00', 'exchange/01a1fec5-63e6-7000-a8d9-02050f2c0dc3', 'letter.queued', NULL, '{}');
INSERT INTO kinkeeper_release.master_key VALUES (1, '\x55dd2f2e', '2026-11-21 15:41:49.693784+00');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fec5-5e0d-7000-8f55-fab768ca976c', 'exchanges.confirm_joining/01a1fec5-5df2-7001-8a9d-d1ad3787863b/olga@demo.example.org/1', 'exchanges.confirm_joining', 'olga@demo.example.org', '01a1fec5-5d51-7000-b209-31d4b4981f93', '{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fec5-5df2-7000-9409-33d8071e90ac", "exchange_id": "01a1fec5-5d89-7000-b23e-f10c97ea9e28", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fec5-5e0d-7000-8f55-fab768ca976c@localhost>', 1, '2026-11-21 15:41:49.91906+00', 'queued', '2026-11-21 15:41:49.91906+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fec5-5df2-7000-9409-33d8071e90ac');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fec5-6088-7002-a891-4a9bfdc773a0', 'exchanges.confirm_joining/01a1fec5-6088-7001-bf00-b2ba09cadfa1/bjarne@demo.example.org/1', 'exchanges.confirm_joining', 'bjarne@demo.example.org', '01a1fec5-6084-7000-8fbc-7ce1aab7a71c', '{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fec5-6088-7000-b4dd-ff9cb5b83616", "exchange_id": "01a1fec5-5d89-7000-b23e-f10c97ea9e28", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fec5-6088-7002-a891-4a9bfdc773a0@localhost>', 1, '2026-11-21 15:41:50.58519+00', 'queued', '2026-11-21 15:41:50.58519+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fec5-6088-7000-b4dd-ff9cb5b83616');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fec5-60d4-7001-aa7b-fbc98af873eb', 'exchanges.confirm_joining/01a1fec5-60d4-7000-859a-410a8a003233/ida@demo.example.org/1', 'exchanges.confirm_joining', 'ida@demo.example.org', '01a1fec5-60d0-7000-873c-577cd7f1ba46', '{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fec5-60d3-7000-853d-743441cde72d", "exchange_id": "01a1fec5-5d89-7000-b23e-f10c97ea9e28", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fec5-60d4-7001-aa7b-fbc98af873eb@localhost>', 1, '2026-11-21 15:41:50.671089+00', 'queued', '2026-11-21 15:41:50.671089+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fec5-60d3-7000-853d-743441cde72d');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fec5-6146-7002-9e20-90243e89768d', 'exchanges.confirm_joining/01a1fec5-6146-7001-b852-cd0a1f774e56/frederik@demo.example.org/1', 'exchanges.confirm_joining', 'frederik@demo.example.org', '01a1fec5-6142-7000-97cc-6b867b99e5d9', '{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fec5-6146-7000-8a3d-5952237443f5", "exchange_id": "01a1fec5-5d89-7000-b23e-f10c97ea9e28", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fec5-6146-7002-9e20-90243e89768d@localhost>', 1, '2026-11-21 15:41:50.784502+00', 'queued', '2026-11-21 15:41:50.784502+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fec5-6146-7000-8a3d-5952237443f5');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fec5-61db-7000-a9f2-cdbbc1a09e74', 'exchanges.confirm_joining/01a1fec5-61da-7001-b6b6-17ebb82625b0/nora@demo.example.org/1', 'exchanges.confirm_joining', 'nora@demo.example.org', '01a1fec5-61d8-7000-be35-d3c25895ada9', '{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fec5-61da-7000-98f9-691515ddbf3b", "exchange_id": "01a1fec5-5d89-7000-b23e-f10c97ea9e28", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fec5-61db-7000-a9f2-cdbbc1a09e74@localhost>', 1, '2026-11-21 15:41:50.929059+00', 'queued', '2026-11-21 15:41:50.929059+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fec5-61da-7000-98f9-691515ddbf3b');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fec5-62c2-7002-9db8-2050d0eb78b9', 'exchanges.confirm_joining/01a1fec5-62c2-7001-9eb9-046b5afac6db/emil@demo.example.org/1', 'exchanges.confirm_joining', 'emil@demo.example.org', '01a1fec5-62b2-7000-a818-c3a787a6f3b8', '{"to": "emil@demo.example.org", "language": "en", "name": "Emil", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fec5-62c2-7000-bcbb-1a229df43246", "exchange_id": "01a1fec5-5d89-7000-b23e-f10c97ea9e28", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fec5-62c2-7002-9db8-2050d0eb78b9@localhost>', 1, '2026-11-21 15:41:51.151064+00', 'queued', '2026-11-21 15:41:51.151064+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fec5-62c2-7000-bcbb-1a229df43246');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fec5-63a3-7002-881d-5451c3081796', 'exchanges.confirm_joining/01a1fec5-63a3-7001-befc-cc6fefc74786/astrid@demo.example.org/1', 'exchanges.confirm_joining', 'astrid@demo.example.org', '01a1fec5-6392-7000-9cb0-97f0254f91c1', '{"to": "astrid@demo.example.org", "language": "en", "name": "Astrid", "title": "Christmas at the Olsens", "ward": "", "reader_id": null, "participant_id": "01a1fec5-63a3-7000-9ef6-41eaf5d1a766", "exchange_id": "01a1fec5-5d89-7000-b23e-f10c97ea9e28", "gifts_on": "2026-12-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fec5-63a3-7002-881d-5451c3081796@localhost>', 1, '2026-11-21 15:41:51.368775+00', 'queued', '2026-11-21 15:41:51.368775+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fec5-63a3-7000-9ef6-41eaf5d1a766');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fec5-645f-7001-a384-cbcbd25ed829', 'exchanges.confirm_joining/01a1fec5-645f-7000-999c-40dba07112a9/olga@demo.example.org/1', 'exchanges.confirm_joining', 'olga@demo.example.org', '01a1fec5-5d51-7000-b209-31d4b4981f93', '{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fec5-645e-7000-af6f-d76f85f46d35", "exchange_id": "01a1fec5-63e6-7000-a8d9-02050f2c0dc3", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fec5-645f-7001-a384-cbcbd25ed829@localhost>', 1, '2026-11-21 15:41:51.562008+00', 'queued', '2026-11-21 15:41:51.562008+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fec5-645e-7000-af6f-d76f85f46d35');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fec5-6552-7002-891c-0cab09b38338', 'exchanges.confirm_joining/01a1fec5-6552-7001-b61f-02083999f3d4/bjarne@demo.example.org/1', 'exchanges.confirm_joining', 'bjarne@demo.example.org', '01a1fec5-6084-7000-8fbc-7ce1aab7a71c', '{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fec5-6552-7000-85bb-e83300e46d31", "exchange_id": "01a1fec5-63e6-7000-a8d9-02050f2c0dc3", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fec5-6552-7002-891c-0cab09b38338@localhost>', 1, '2026-11-21 15:41:51.805869+00', 'queued', '2026-11-21 15:41:51.805869+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fec5-6552-7000-85bb-e83300e46d31');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fec5-664f-7002-b6e7-d29c281b62ff', 'exchanges.confirm_joining/01a1fec5-664f-7001-8f85-1a6fb13b058b/ida@demo.example.org/1', 'exchanges.confirm_joining', 'ida@demo.example.org', '01a1fec5-60d0-7000-873c-577cd7f1ba46', '{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fec5-664f-7000-896d-a51e81b23796", "exchange_id": "01a1fec5-63e6-7000-a8d9-02050f2c0dc3", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fec5-664f-7002-b6e7-d29c281b62ff@localhost>', 1, '2026-11-21 15:41:52.05991+00', 'queued', '2026-11-21 15:41:52.05991+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fec5-664f-7000-896d-a51e81b23796');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fec5-66d7-7002-8cde-8f13f8d39515', 'exchanges.confirm_joining/01a1fec5-66d7-7001-bee1-4ebe585f3f71/frederik@demo.example.org/1', 'exchanges.confirm_joining', 'frederik@demo.example.org', '01a1fec5-6142-7000-97cc-6b867b99e5d9', '{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fec5-66d7-7000-8052-bbbb53bd9e58", "exchange_id": "01a1fec5-63e6-7000-a8d9-02050f2c0dc3", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fec5-66d7-7002-8cde-8f13f8d39515@localhost>', 1, '2026-11-21 15:41:52.208909+00', 'queued', '2026-11-21 15:41:52.208909+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fec5-66d7-7000-8052-bbbb53bd9e58');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fec5-6742-7001-a6e6-c922721a7897', 'exchanges.confirm_joining/01a1fec5-6742-7000-a415-095d4a573937/nora@demo.example.org/1', 'exchanges.confirm_joining', 'nora@demo.example.org', '01a1fec5-61d8-7000-be35-d3c25895ada9', '{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fec5-6741-7000-a7aa-4ee637f8a95e", "exchange_id": "01a1fec5-63e6-7000-a8d9-02050f2c0dc3", "gifts_on": "2027-06-24", "asked_by": "", "budget": "around \u00a320"}', '<01a1fec5-6742-7001-a6e6-c922721a7897@localhost>', 1, '2026-11-21 15:41:52.311334+00', 'queued', '2026-11-21 15:41:52.311334+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fec5-6741-7000-a7aa-4ee637f8a95e');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fec5-68e2-7000-80c0-7bb0326446a3', 'exchanges.match_ready/01a1fec5-645e-7000-af6f-d76f85f46d35/olga@demo.example.org/1', 'exchanges.match_ready', 'olga@demo.example.org', '01a1fec5-5d51-7000-b209-31d4b4981f93', '{"to": "olga@demo.example.org", "language": "en", "name": "Olga", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fec5-645e-7000-af6f-d76f85f46d35", "exchange_id": "01a1fec5-63e6-7000-a8d9-02050f2c0dc3", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "b7v9sksagfzc", "names": false}', '<01a1fec5-68e2-7000-80c0-7bb0326446a3@localhost>', 1, '2026-11-21 15:41:52.53198+00', 'queued', '2026-11-21 15:41:52.53198+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fec5-645e-7000-af6f-d76f85f46d35');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fec5-68e2-7001-b1e6-63fcee322918', 'exchanges.match_ready/01a1fec5-6552-7000-85bb-e83300e46d31/bjarne@demo.example.org/1', 'exchanges.match_ready', 'bjarne@demo.example.org', '01a1fec5-6084-7000-8fbc-7ce1aab7a71c', '{"to": "bjarne@demo.example.org", "language": "en", "name": "Bjarne", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fec5-6552-7000-85bb-e83300e46d31", "exchange_id": "01a1fec5-63e6-7000-a8d9-02050f2c0dc3", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "b7v9sksagfzc", "names": false}', '<01a1fec5-68e2-7001-b1e6-63fcee322918@localhost>', 1, '2026-11-21 15:41:52.53198+00', 'queued', '2026-11-21 15:41:52.53198+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fec5-6552-7000-85bb-e83300e46d31');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fec5-68e2-7002-92f7-c67f26720a89', 'exchanges.match_ready/01a1fec5-664f-7000-896d-a51e81b23796/ida@demo.example.org/1', 'exchanges.match_ready', 'ida@demo.example.org', '01a1fec5-60d0-7000-873c-577cd7f1ba46', '{"to": "ida@demo.example.org", "language": "en", "name": "Ida", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fec5-664f-7000-896d-a51e81b23796", "exchange_id": "01a1fec5-63e6-7000-a8d9-02050f2c0dc3", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "b7v9sksagfzc", "names": false}', '<01a1fec5-68e2-7002-92f7-c67f26720a89@localhost>', 1, '2026-11-21 15:41:52.53198+00', 'queued', '2026-11-21 15:41:52.53198+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fec5-664f-7000-896d-a51e81b23796');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fec5-68e2-7003-a84c-9bab7b06fc32', 'exchanges.match_ready/01a1fec5-66d7-7000-8052-bbbb53bd9e58/frederik@demo.example.org/1', 'exchanges.match_ready', 'frederik@demo.example.org', '01a1fec5-6142-7000-97cc-6b867b99e5d9', '{"to": "frederik@demo.example.org", "language": "en", "name": "Frederik", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fec5-66d7-7000-8052-bbbb53bd9e58", "exchange_id": "01a1fec5-63e6-7000-a8d9-02050f2c0dc3", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "b7v9sksagfzc", "names": false}', '<01a1fec5-68e2-7003-a84c-9bab7b06fc32@localhost>', 1, '2026-11-21 15:41:52.53198+00', 'queued', '2026-11-21 15:41:52.53198+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fec5-66d7-7000-8052-bbbb53bd9e58');
INSERT INTO kinkeeper_release.outbox_letter VALUES ('01a1fec5-68e2-7004-9253-9ff4a938a44e', 'exchanges.match_ready/01a1fec5-6741-7000-a7aa-4ee637f8a95e/nora@demo.example.org/1', 'exchanges.match_ready', 'nora@demo.example.org', '01a1fec5-61d8-7000-be35-d3c25895ada9', '{"to": "nora@demo.example.org", "language": "en", "name": "Nora", "title": "Midsummer surprise", "ward": "", "reader_id": null, "participant_id": "01a1fec5-6741-7000-a7aa-4ee637f8a95e", "exchange_id": "01a1fec5-63e6-7000-a8d9-02050f2c0dc3", "gifts_on": "2027-06-24", "budget": "around \u00a320", "slug": "b7v9sksagfzc", "names": false}', '<01a1fec5-68e2-7004-9253-9ff4a938a44e@localhost>', 1, '2026-11-21 15:41:52.53198+00', 'queued', '2026-11-21 15:41:52.53198+00', 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, '01a1fec5-6741-7000-a7aa-4ee637f8a95e');
INSERT INTO kinkeeper_release.person VALUES ('01a1fec5-5d51-7000-b209-31d4b4981f93', '01a1fec5-5d4f-7000-9b67-f44527a24d23', 'Olga', 'olga@demo.example.org', 'en', '2026-11-21 15:41:49.774929+00', '2026-11-21 15:41:50.487186+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fec5-6084-7000-8fbc-7ce1aab7a71c', '01a1fec5-5d4f-7000-9b67-f44527a24d23', 'Bjarne', 'bjarne@demo.example.org', 'en', '2026-11-21 15:41:50.58519+00', '2026-11-21 15:41:50.648435+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fec5-60d0-7000-873c-577cd7f1ba46', '01a1fec5-5d4f-7000-9b67-f44527a24d23', 'Ida', 'ida@demo.example.org', 'en', '2026-11-21 15:41:50.671089+00', '2026-11-21 15:41:50.725846+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fec5-6142-7000-97cc-6b867b99e5d9', '01a1fec5-5d4f-7000-9b67-f44527a24d23', 'Frederik', 'frederik@demo.example.org', 'en', '2026-11-21 15:41:50.784502+00', '2026-11-21 15:41:50.854591+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fec5-61d8-7000-be35-d3c25895ada9', '01a1fec5-5d4f-7000-9b67-f44527a24d23', 'Nora', 'nora@demo.example.org', 'en', '2026-11-21 15:41:50.929059+00', '2026-11-21 15:41:51.066369+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fec5-62b2-7000-a818-c3a787a6f3b8', '01a1fec5-5d4f-7000-9b67-f44527a24d23', 'Emil', 'emil@demo.example.org', 'en', '2026-11-21 15:41:51.151064+00', '2026-11-21 15:41:51.265874+00');
INSERT INTO kinkeeper_release.person VALUES ('01a1fec5-6392-7000-9cb0-97f0254f91c1', '01a1fec5-5d4f-7000-9b67-f44527a24d23', 'Astrid', 'astrid@demo.example.org', 'en', '2026-11-21 15:41:51.368775+00', NULL);
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fec5-603e-7000-a996-0e5fd264d19a', '\x3406693468e00967e873b4a8931678d95876bfabadf9df47e9545ae78c607dbe', '01a1fec5-5d51-7000-b209-31d4b4981f93', NULL, '2026-11-21 15:41:50.487186+00', '2026-11-21 15:41:50.487186+00', '2026-11-21 15:41:51.487186+00', '2026-11-21 15:41:51.487186+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fec5-60c3-7000-ace6-fe4113c38f0d', '\xf40fda41c8479bd403ff240b0ee3ad5c6597df0d9d683fe4b1c9680790817ec8', '01a1fec5-6084-7000-8fbc-7ce1aab7a71c', NULL, '2026-11-21 15:41:50.648435+00', '2026-11-21 15:41:50.648435+00', '2026-11-21 15:41:51.648435+00', '2026-11-21 15:41:51.648435+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fec5-6126-7000-a0fc-67ab4a9b5b56', '\x1c1f1564859605552e0b75a0e3e47ba6ff7412dae76ea14eff57dcc08bf7ec6c', '01a1fec5-60d0-7000-873c-577cd7f1ba46', NULL, '2026-11-21 15:41:50.725846+00', '2026-11-21 15:41:50.725846+00', '2026-11-21 15:41:51.725846+00', '2026-11-21 15:41:51.725846+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fec5-619c-7000-b530-78a24e690feb', '\x42c09b0e7af5959e8d2261c0b811567bf224235c59c181d8a432038098000a92', '01a1fec5-6142-7000-97cc-6b867b99e5d9', NULL, '2026-11-21 15:41:50.854591+00', '2026-11-21 15:41:50.854591+00', '2026-11-21 15:41:51.854591+00', '2026-11-21 15:41:51.854591+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fec5-6276-7000-b547-5f1dbb26d72f', '\xd986284e2914a88b2d0f379505e1b4bc1369116bc505d89ce6e55700b76c3c59', '01a1fec5-61d8-7000-be35-d3c25895ada9', NULL, '2026-11-21 15:41:51.066369+00', '2026-11-21 15:41:51.066369+00', '2026-11-21 15:41:52.066369+00', '2026-11-21 15:41:52.066369+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fec5-6334-7000-99ff-050d594feb24', '\x7ec4d552dff0a74dd9a4549a26cb9ff730f2f7cd5e252f62ff6badd36b7886c9', '01a1fec5-62b2-7000-a818-c3a787a6f3b8', NULL, '2026-11-21 15:41:51.265874+00', '2026-11-21 15:41:51.265874+00', '2026-11-21 15:41:52.265874+00', '2026-11-21 15:41:52.265874+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fec5-64e9-7000-9f7c-e1a58d958dd9', '\x1e07a255c30917dbddb209e0f377e7fbb6d691125c37eb8f01477b0ad18c8a29', '01a1fec5-5d51-7000-b209-31d4b4981f93', NULL, '2026-11-21 15:41:51.694923+00', '2026-11-21 15:41:51.694923+00', '2026-11-21 15:41:52.694923+00', '2026-11-21 15:41:52.694923+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fec5-65f9-7000-8ea1-2683a4122c54', '\xcb338114a9cea813c29195616b55851d9fd5af2ccc7af4683fcd6a0f5bba5922', '01a1fec5-6084-7000-8fbc-7ce1aab7a71c', NULL, '2026-11-21 15:41:51.9414+00', '2026-11-21 15:41:51.9414+00', '2026-11-21 15:41:52.9414+00', '2026-11-21 15:41:52.9414+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fec5-66b2-7000-89a0-ebba351a38af', '\x5629ebde1e80383752ccc0a89480264b9bda397c7a6535d326169a3b543841d0', '01a1fec5-60d0-7000-873c-577cd7f1ba46', NULL, '2026-11-21 15:41:52.166223+00', '2026-11-21 15:41:52.166223+00', '2026-11-21 15:41:53.166223+00', '2026-11-21 15:41:53.166223+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fec5-6712-7000-8792-05cdf07da87d', '\xccf1f1c2973abd13baf5ad96f74f623957f58915f689643213b5d4faf69d4a30', '01a1fec5-6142-7000-97cc-6b867b99e5d9', NULL, '2026-11-21 15:41:52.259143+00', '2026-11-21 15:41:52.259143+00', '2026-11-21 15:41:53.259143+00', '2026-11-21 15:41:53.259143+00');
INSERT INTO kinkeeper_release.web_session VALUES ('01a1fec5-6770-7000-837f-5edefc8dcc7c', '\xd2a126e3acc2cd2fd775541935e57c925bc2a728c50cc9e64d2eb4080e36684e', '01a1fec5-61d8-7000-be35-d3c25895ada9', NULL, '2026-11-21 15:41:52.359359+00', '2026-11-21 15:41:52.359359+00', '2026-11-21 15:41:53.359359+00', '2026-11-21 15:41:53.359359+00');
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
