-- The schema shared with the platform, for SQLite: frozen.

CREATE TABLE users (
    id CHAR(36) NOT NULL,
    account VARCHAR(50) NOT NULL,
    name VARCHAR(100) NOT NULL,
    password_hash VARCHAR(255) NOT NULL,
    gender VARCHAR(6) NOT NULL,
    phone VARCHAR(20) NOT NULL,
    email VARCHAR(100),
    birthday DATE,
    role VARCHAR(7) DEFAULT 'patient' NOT NULL,
    status VARCHAR(9) DEFAULT 'active' NOT NULL,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE (account),
    UNIQUE (phone),
    UNIQUE (email)
);

CREATE INDEX idx_users_role ON users (role);
CREATE INDEX idx_users_status ON users (status);

CREATE TABLE departments (
    id CHAR(36) NOT NULL,
    name VARCHAR(100) NOT NULL,
    code VARCHAR(20) NOT NULL,
    contact_person VARCHAR(50),
    contact_phone VARCHAR(20),
    description TEXT,
    status VARCHAR(8) DEFAULT 'active',
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE (code)
);

CREATE TABLE doctors (
    id CHAR(36) NOT NULL,
    user_id CHAR(36) NOT NULL,
    certificate_type VARCHAR(50) NOT NULL,
    id_number VARCHAR(50) NOT NULL,
    hospital VARCHAR(200) NOT NULL,
    department VARCHAR(100),
    department_id CHAR(36),
    title VARCHAR(100) NOT NULL,
    introduction TEXT,
    specialties JSON,
    experience TEXT,
    photos JSON,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE (user_id),
    FOREIGN KEY (user_id) REFERENCES users (id),
    FOREIGN KEY (department_id) REFERENCES departments (id)
);

CREATE TABLE appointments (
    id CHAR(36) NOT NULL,
    patient_id CHAR(36) NOT NULL,
    doctor_id CHAR(36) NOT NULL,
    appointment_date TIMESTAMP NOT NULL,
    time_slot VARCHAR(20) NOT NULL,
    visit_type VARCHAR(12) NOT NULL,
    symptoms TEXT NOT NULL,
    has_visited_before BOOLEAN DEFAULT 0,
    status VARCHAR(9) DEFAULT 'pending',
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (patient_id) REFERENCES users (id),
    FOREIGN KEY (doctor_id) REFERENCES doctors (id)
);

CREATE INDEX idx_appointments_patient_id ON appointments (patient_id);
CREATE INDEX idx_appointments_doctor_id ON appointments (doctor_id);
CREATE INDEX idx_appointments_date ON appointments (appointment_date);
CREATE INDEX idx_appointments_status ON appointments (status);

CREATE TABLE prescriptions (
    id CHAR(36) NOT NULL,
    code VARCHAR(20) NOT NULL,
    doctor_id CHAR(36) NOT NULL,
    patient_id CHAR(36) NOT NULL,
    patient_name VARCHAR(100) NOT NULL,
    diagnosis TEXT NOT NULL,
    medicines JSON NOT NULL,
    instructions TEXT NOT NULL,
    prescription_date TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE (code),
    FOREIGN KEY (doctor_id) REFERENCES doctors (id),
    FOREIGN KEY (patient_id) REFERENCES users (id)
);

CREATE TABLE patient_profiles (
    id CHAR(36) NOT NULL,
    user_id CHAR(36) NOT NULL,
    name VARCHAR(100) NOT NULL,
    gender VARCHAR(6) NOT NULL,
    birthday DATE NOT NULL,
    phone VARCHAR(20),
    id_number VARCHAR(50),
    relationship VARCHAR(50) NOT NULL,
    medical_history TEXT,
    allergies TEXT,
    is_default BOOLEAN DEFAULT 0,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE TABLE patient_groups (
    id CHAR(36) NOT NULL,
    doctor_id CHAR(36) NOT NULL,
    name VARCHAR(100) NOT NULL,
    description TEXT,
    patient_count INTEGER DEFAULT 0,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (doctor_id) REFERENCES doctors (id)
);

CREATE TABLE patient_group_members (
    id CHAR(36) NOT NULL,
    group_id CHAR(36) NOT NULL,
    patient_id CHAR(36) NOT NULL,
    joined_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    CONSTRAINT uk_group_patient UNIQUE (group_id, patient_id),
    FOREIGN KEY (group_id) REFERENCES patient_groups (id),
    FOREIGN KEY (patient_id) REFERENCES users (id)
);

CREATE TABLE content_categories (
    id CHAR(36) NOT NULL,
    name VARCHAR(50) NOT NULL,
    description TEXT,
    parent_id CHAR(36),
    sort_order INTEGER DEFAULT 0,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (parent_id) REFERENCES content_categories (id)
);

CREATE TABLE articles (
    id CHAR(36) NOT NULL,
    title VARCHAR(200) NOT NULL,
    content TEXT NOT NULL,
    author_id CHAR(36) NOT NULL,
    category_id CHAR(36),
    cover_image VARCHAR(500),
    summary TEXT,
    tags JSON,
    channels JSON,
    status VARCHAR(9) DEFAULT 'draft',
    view_count INTEGER DEFAULT 0,
    published_at TIMESTAMP,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (author_id) REFERENCES users (id),
    FOREIGN KEY (category_id) REFERENCES content_categories (id)
);

CREATE INDEX idx_articles_author_id ON articles (author_id);
CREATE INDEX idx_articles_status ON articles (status);

CREATE TABLE videos (
    id CHAR(36) NOT NULL,
    title VARCHAR(200) NOT NULL,
    description TEXT,
    video_url VARCHAR(500) NOT NULL,
    thumbnail_url VARCHAR(500),
    duration INTEGER,
    author_id CHAR(36) NOT NULL,
    category_id CHAR(36),
    tags JSON,
    status VARCHAR(9) DEFAULT 'draft',
    view_count INTEGER DEFAULT 0,
    published_at TIMESTAMP,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (author_id) REFERENCES users (id),
    FOREIGN KEY (category_id) REFERENCES content_categories (id)
);

CREATE INDEX idx_videos_author_id ON videos (author_id);
CREATE INDEX idx_videos_status ON videos (status);

CREATE TABLE live_streams (
    id CHAR(36) NOT NULL,
    title VARCHAR(200) NOT NULL,
    description TEXT,
    host_id CHAR(36) NOT NULL,
    scheduled_time TIMESTAMP NOT NULL,
    stream_url VARCHAR(500),
    qr_code VARCHAR(500),
    status VARCHAR(9) DEFAULT 'scheduled',
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (host_id) REFERENCES users (id)
);

CREATE TABLE circles (
    id CHAR(36) NOT NULL,
    name VARCHAR(100) NOT NULL,
    description TEXT,
    category VARCHAR(50),
    creator_id CHAR(36) NOT NULL,
    member_count INTEGER DEFAULT 0,
    post_count INTEGER DEFAULT 0,
    is_active BOOLEAN DEFAULT 1,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (creator_id) REFERENCES users (id)
);

CREATE TABLE circle_members (
    id CHAR(36) NOT NULL,
    circle_id CHAR(36) NOT NULL,
    user_id CHAR(36) NOT NULL,
    role VARCHAR(9) DEFAULT 'member',
    joined_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    CONSTRAINT uk_circle_user UNIQUE (circle_id, user_id),
    FOREIGN KEY (circle_id) REFERENCES circles (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE TABLE circle_posts (
    id CHAR(36) NOT NULL,
    circle_id CHAR(36) NOT NULL,
    author_id CHAR(36) NOT NULL,
    title VARCHAR(200) NOT NULL,
    content TEXT NOT NULL,
    images JSON,
    likes INTEGER DEFAULT 0,
    comments INTEGER DEFAULT 0,
    status VARCHAR(7) DEFAULT 'active',
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (circle_id) REFERENCES circles (id),
    FOREIGN KEY (author_id) REFERENCES users (id)
);

CREATE TABLE post_likes (
    id CHAR(36) NOT NULL,
    post_id CHAR(36) NOT NULL,
    user_id CHAR(36) NOT NULL,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    CONSTRAINT uk_post_user UNIQUE (post_id, user_id),
    FOREIGN KEY (post_id) REFERENCES circle_posts (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE TABLE post_comments (
    id CHAR(36) NOT NULL,
    post_id CHAR(36) NOT NULL,
    author_id CHAR(36) NOT NULL,
    content TEXT NOT NULL,
    status VARCHAR(7) DEFAULT 'active',
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (post_id) REFERENCES circle_posts (id),
    FOREIGN KEY (author_id) REFERENCES users (id)
);

CREATE TABLE reviews (
    id CHAR(36) NOT NULL,
    appointment_id CHAR(36) NOT NULL,
    patient_id CHAR(36) NOT NULL,
    doctor_id CHAR(36) NOT NULL,
    rating INTEGER NOT NULL CHECK (rating >= 1 AND rating <= 5),
    comment TEXT,
    is_anonymous BOOLEAN DEFAULT 0,
    is_visible BOOLEAN DEFAULT 1,
    doctor_reply TEXT,
    doctor_reply_at TIMESTAMP,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE (appointment_id),
    FOREIGN KEY (appointment_id) REFERENCES appointments (id),
    FOREIGN KEY (patient_id) REFERENCES users (id),
    FOREIGN KEY (doctor_id) REFERENCES doctors (id)
);

CREATE INDEX idx_reviews_doctor_id ON reviews (doctor_id);
CREATE INDEX idx_reviews_patient_id ON reviews (patient_id);
CREATE INDEX idx_reviews_rating ON reviews (rating);

CREATE TABLE review_tags (
    id CHAR(36) NOT NULL,
    name VARCHAR(50) NOT NULL,
    usage_count INTEGER DEFAULT 0,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE (name)
);

CREATE TABLE review_tag_mappings (
    id CHAR(36) NOT NULL,
    review_id CHAR(36) NOT NULL,
    tag_id CHAR(36) NOT NULL,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    CONSTRAINT uk_review_tag UNIQUE (review_id, tag_id),
    FOREIGN KEY (review_id) REFERENCES reviews (id),
    FOREIGN KEY (tag_id) REFERENCES review_tags (id)
);

CREATE TABLE common_phrases (
    id CHAR(36) NOT NULL,
    doctor_id CHAR(36) NOT NULL,
    category VARCHAR(50) NOT NULL,
    content TEXT NOT NULL,
    usage_count INTEGER DEFAULT 0,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (doctor_id) REFERENCES doctors (id)
);

CREATE TABLE prescription_templates (
    id CHAR(36) NOT NULL,
    doctor_id CHAR(36) NOT NULL,
    name VARCHAR(100) NOT NULL,
    diagnosis TEXT NOT NULL,
    medicines JSON NOT NULL,
    instructions TEXT NOT NULL,
    usage_count INTEGER DEFAULT 0,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (doctor_id) REFERENCES doctors (id)
);

CREATE TABLE notifications (
    id CHAR(36) DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL,
    user_id CHAR(36) NOT NULL,
    type VARCHAR(21) NOT NULL,
    title VARCHAR(200) NOT NULL,
    content TEXT NOT NULL,
    related_id CHAR(36),
    status VARCHAR(7) DEFAULT 'unread' NOT NULL,
    metadata JSON DEFAULT ('{}'),
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    read_at TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE INDEX idx_notifications_user_id ON notifications (user_id);
CREATE INDEX idx_notifications_status ON notifications (status);
CREATE INDEX idx_notifications_created_at ON notifications (created_at DESC);
CREATE INDEX idx_notifications_user_status ON notifications (user_id, status);

CREATE TABLE notification_settings (
    id CHAR(36) DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL,
    user_id CHAR(36) NOT NULL,
    notification_type VARCHAR(21) NOT NULL,
    enabled BOOLEAN DEFAULT 1 NOT NULL,
    email_enabled BOOLEAN DEFAULT 0 NOT NULL,
    sms_enabled BOOLEAN DEFAULT 0 NOT NULL,
    push_enabled BOOLEAN DEFAULT 1 NOT NULL,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uk_user_notification_type UNIQUE (user_id, notification_type),
    FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE TABLE sms_logs (
    id CHAR(36) DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL,
    user_id CHAR(36),
    phone VARCHAR(20) NOT NULL,
    template_code VARCHAR(50) NOT NULL,
    template_params JSON DEFAULT ('{}'),
    status VARCHAR(20) DEFAULT 'pending' NOT NULL,
    error_message TEXT,
    provider VARCHAR(50),
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    sent_at TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE TABLE email_logs (
    id CHAR(36) DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL,
    user_id CHAR(36),
    email VARCHAR(255) NOT NULL,
    subject VARCHAR(255) NOT NULL,
    body TEXT NOT NULL,
    status VARCHAR(20) DEFAULT 'pending' NOT NULL,
    error_message TEXT,
    provider VARCHAR(50),
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    sent_at TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE TABLE push_tokens (
    id CHAR(36) DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL,
    user_id CHAR(36) NOT NULL,
    device_type VARCHAR(20) NOT NULL,
    token TEXT NOT NULL,
    device_info JSON DEFAULT ('{}'),
    active BOOLEAN DEFAULT 1 NOT NULL,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE TABLE payment_orders (
    id CHAR(36) DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL,
    order_no VARCHAR(50) NOT NULL,
    user_id CHAR(36) NOT NULL,
    appointment_id CHAR(36),
    order_type VARCHAR(12) NOT NULL,
    amount BIGINT NOT NULL,
    currency VARCHAR(10) DEFAULT 'CNY' NOT NULL,
    status VARCHAR(16) DEFAULT 'pending' NOT NULL,
    payment_method VARCHAR(9),
    payment_time TIMESTAMP,
    expire_time TIMESTAMP NOT NULL,
    description VARCHAR(500),
    metadata JSON,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (order_no),
    FOREIGN KEY (user_id) REFERENCES users (id),
    FOREIGN KEY (appointment_id) REFERENCES appointments (id)
);

CREATE INDEX idx_payment_orders_user_id ON payment_orders (user_id);
CREATE INDEX idx_payment_orders_appointment_id ON payment_orders (appointment_id);
CREATE INDEX idx_payment_orders_order_no ON payment_orders (order_no);
CREATE INDEX idx_payment_orders_status ON payment_orders (status);
CREATE INDEX idx_payment_orders_created_at ON payment_orders (created_at DESC);

CREATE TABLE payment_transactions (
    id CHAR(36) DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL,
    transaction_no VARCHAR(50) NOT NULL,
    order_id CHAR(36) NOT NULL,
    payment_method VARCHAR(9) NOT NULL,
    transaction_type VARCHAR(7) NOT NULL,
    amount BIGINT NOT NULL,
    status VARCHAR(7) DEFAULT 'pending' NOT NULL,
    external_transaction_id VARCHAR(100),
    prepay_id VARCHAR(100),
    trade_no VARCHAR(100),
    request_data JSON,
    response_data JSON,
    callback_data JSON,
    error_code VARCHAR(50),
    error_message VARCHAR(500),
    initiated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    completed_at TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE (transaction_no),
    FOREIGN KEY (order_id) REFERENCES payment_orders (id)
);

CREATE INDEX idx_payment_transactions_order_id ON payment_transactions (order_id);
CREATE INDEX idx_payment_transactions_transaction_no ON payment_transactions (transaction_no);
CREATE INDEX idx_payment_transactions_external_id ON payment_transactions (external_transaction_id);
CREATE INDEX idx_payment_transactions_status ON payment_transactions (status);

CREATE TABLE refund_records (
    id CHAR(36) DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL,
    refund_no VARCHAR(50) NOT NULL,
    order_id CHAR(36) NOT NULL,
    transaction_id CHAR(36) NOT NULL,
    user_id CHAR(36) NOT NULL,
    refund_amount BIGINT NOT NULL,
    refund_reason VARCHAR(500) NOT NULL,
    status VARCHAR(10) DEFAULT 'pending' NOT NULL,
    reviewed_by CHAR(36),
    reviewed_at TIMESTAMP,
    review_notes VARCHAR(500),
    external_refund_id VARCHAR(100),
    refund_response JSON,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    completed_at TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE (refund_no),
    FOREIGN KEY (order_id) REFERENCES payment_orders (id),
    FOREIGN KEY (transaction_id) REFERENCES payment_transactions (id),
    FOREIGN KEY (user_id) REFERENCES users (id),
    FOREIGN KEY (reviewed_by) REFERENCES users (id)
);

CREATE INDEX idx_refund_records_order_id ON refund_records (order_id);
CREATE INDEX idx_refund_records_user_id ON refund_records (user_id);
CREATE INDEX idx_refund_records_refund_no ON refund_records (refund_no);
CREATE INDEX idx_refund_records_status ON refund_records (status);

CREATE TABLE payment_configs (
    id CHAR(36) DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL,
    payment_method VARCHAR(6) NOT NULL,
    config_key VARCHAR(50) NOT NULL,
    config_value TEXT NOT NULL,
    is_encrypted BOOLEAN DEFAULT 0,
    description VARCHAR(200),
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uk_payment_method_key UNIQUE (payment_method, config_key)
);

CREATE TABLE price_configs (
    id CHAR(36) DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL,
    service_type VARCHAR(50) NOT NULL,
    service_name VARCHAR(100) NOT NULL,
    price BIGINT NOT NULL,
    discount_price BIGINT,
    is_active BOOLEAN DEFAULT 1,
    effective_date DATE,
    expiry_date DATE,
    description TEXT,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX idx_price_configs_service_type ON price_configs (service_type);
CREATE INDEX idx_price_configs_is_active ON price_configs (is_active);

CREATE TABLE user_balances (
    id CHAR(36) DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL,
    user_id CHAR(36) NOT NULL,
    balance BIGINT DEFAULT '0.00' NOT NULL,
    frozen_balance BIGINT DEFAULT '0.00' NOT NULL,
    total_income BIGINT DEFAULT '0.00' NOT NULL,
    total_expense BIGINT DEFAULT '0.00' NOT NULL,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (user_id),
    FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE TABLE balance_transactions (
    id CHAR(36) DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL,
    user_id CHAR(36) NOT NULL,
    transaction_type VARCHAR(8) NOT NULL,
    amount BIGINT NOT NULL,
    balance_before BIGINT NOT NULL,
    balance_after BIGINT NOT NULL,
    related_type VARCHAR(50),
    related_id CHAR(36),
    description VARCHAR(200) NOT NULL,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE INDEX idx_balance_transactions_user_id ON balance_transactions (user_id);
CREATE INDEX idx_balance_transactions_type ON balance_transactions (transaction_type);
CREATE INDEX idx_balance_transactions_created_at ON balance_transactions (created_at DESC);

CREATE TABLE video_consultations (
    id CHAR(36) DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL,
    appointment_id CHAR(36) NOT NULL,
    doctor_id CHAR(36) NOT NULL,
    patient_id CHAR(36) NOT NULL,
    room_id VARCHAR(100) NOT NULL,
    status VARCHAR(11) DEFAULT 'waiting' NOT NULL,
    scheduled_start_time TIMESTAMP NOT NULL,
    actual_start_time TIMESTAMP,
    end_time TIMESTAMP,
    duration INTEGER,
    doctor_token TEXT,
    patient_token TEXT,
    ice_servers JSON,
    chief_complaint TEXT,
    diagnosis TEXT,
    treatment_plan TEXT,
    notes TEXT,
    connection_quality VARCHAR(9),
    patient_rating INTEGER,
    patient_feedback TEXT,
    metadata JSON,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY (appointment_id) REFERENCES appointments (id),
    FOREIGN KEY (doctor_id) REFERENCES doctors (id),
    FOREIGN KEY (patient_id) REFERENCES users (id),
    UNIQUE (room_id)
);

CREATE INDEX idx_video_consultations_appointment_id ON video_consultations (appointment_id);
CREATE INDEX idx_video_consultations_doctor_id ON video_consultations (doctor_id);
CREATE INDEX idx_video_consultations_patient_id ON video_consultations (patient_id);
CREATE INDEX idx_video_consultations_room_id ON video_consultations (room_id);
CREATE INDEX idx_video_consultations_status ON video_consultations (status);
CREATE INDEX idx_video_consultations_scheduled_time ON video_consultations (scheduled_start_time);

CREATE TABLE video_recordings (
    id CHAR(36) DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL,
    consultation_id CHAR(36) NOT NULL,
    recording_url VARCHAR(500),
    thumbnail_url VARCHAR(500),
    file_size BIGINT,
    duration INTEGER,
    format VARCHAR(20),
    status VARCHAR(10) DEFAULT 'recording' NOT NULL,
    error_message TEXT,
    started_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    completed_at TIMESTAMP,
    expires_at TIMESTAMP,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY (consultation_id) REFERENCES video_consultations (id)
);

CREATE INDEX idx_video_recordings_consultation_id ON video_recordings (consultation_id);
CREATE INDEX idx_video_recordings_status ON video_recordings (status);

CREATE TABLE webrtc_signals (
    id CHAR(36) DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL,
    room_id VARCHAR(100) NOT NULL,
    from_user_id CHAR(36) NOT NULL,
    to_user_id CHAR(36) NOT NULL,
    signal_type VARCHAR(13) NOT NULL,
    payload JSON NOT NULL,
    delivered BOOLEAN DEFAULT 0,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY (from_user_id) REFERENCES users (id),
    FOREIGN KEY (to_user_id) REFERENCES users (id)
);

CREATE INDEX idx_webrtc_signals_room_id ON webrtc_signals (room_id);
CREATE INDEX idx_webrtc_signals_to_user ON webrtc_signals (to_user_id, delivered);
CREATE INDEX idx_webrtc_signals_created_at ON webrtc_signals (created_at);

CREATE TABLE video_call_events (
    id CHAR(36) DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL,
    consultation_id CHAR(36) NOT NULL,
    user_id CHAR(36) NOT NULL,
    event_type VARCHAR(18) NOT NULL,
    event_data JSON,
    ip_address VARCHAR(45),
    user_agent TEXT,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY (consultation_id) REFERENCES video_consultations (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE INDEX idx_video_call_events_consultation_id ON video_call_events (consultation_id);
CREATE INDEX idx_video_call_events_user_id ON video_call_events (user_id);
CREATE INDEX idx_video_call_events_type ON video_call_events (event_type);
CREATE INDEX idx_video_call_events_created_at ON video_call_events (created_at);

CREATE TABLE video_consultation_templates (
    id CHAR(36) DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL,
    doctor_id CHAR(36) NOT NULL,
    name VARCHAR(100) NOT NULL,
    chief_complaint TEXT,
    diagnosis TEXT,
    treatment_plan TEXT,
    notes TEXT,
    usage_count INTEGER DEFAULT 0,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY (doctor_id) REFERENCES doctors (id)
);

CREATE INDEX idx_consultation_templates_doctor_id ON video_consultation_templates (doctor_id);

CREATE TABLE file_uploads (
    id CHAR(36) DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL,
    user_id CHAR(36) NOT NULL,
    file_type VARCHAR(8) NOT NULL,
    file_name VARCHAR(255) NOT NULL,
    file_path VARCHAR(500) NOT NULL,
    file_url VARCHAR(500) NOT NULL,
    file_size BIGINT NOT NULL,
    mime_type VARCHAR(100),
    related_type VARCHAR(50),
    related_id CHAR(36),
    width INTEGER,
    height INTEGER,
    thumbnail_url VARCHAR(500),
    is_public BOOLEAN DEFAULT 0,
    status VARCHAR(9) DEFAULT 'uploading' NOT NULL,
    error_message TEXT,
    bucket_name VARCHAR(100),
    object_key VARCHAR(500),
    etag VARCHAR(100),
    uploaded_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    expires_at TIMESTAMP,
    deleted_at TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE INDEX idx_file_uploads_user_id ON file_uploads (user_id);
CREATE INDEX idx_file_uploads_related ON file_uploads (related_type, related_id);
CREATE INDEX idx_file_uploads_status ON file_uploads (status);
CREATE INDEX idx_file_uploads_uploaded_at ON file_uploads (uploaded_at DESC);

CREATE TABLE system_configs (
    id CHAR(36) DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))) NOT NULL,
    category VARCHAR(50) NOT NULL,
    config_key VARCHAR(100) NOT NULL,
    config_value TEXT NOT NULL,
    value_type VARCHAR(7) DEFAULT 'string' NOT NULL,
    description TEXT,
    is_encrypted BOOLEAN DEFAULT 0,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uk_category_key UNIQUE (category, config_key)
);

CREATE INDEX idx_system_configs_category ON system_configs (category);
