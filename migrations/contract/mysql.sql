-- The schema shared with the platform, for MySQL and MariaDB: frozen, one statement a table so that a table is
-- there whole or not at all. The collation of the database is appended when it must be named.

CREATE TABLE users (
    id CHAR(36) NOT NULL,
    account VARCHAR(50) NOT NULL,
    name VARCHAR(100) NOT NULL,
    password_hash VARCHAR(255) NOT NULL,
    gender ENUM('male','female','other') NOT NULL,
    phone VARCHAR(20) NOT NULL,
    email VARCHAR(100),
    birthday DATE,
    role ENUM('admin','doctor','patient') NOT NULL DEFAULT 'patient',
    status ENUM('active','inactive','suspended') NOT NULL DEFAULT 'active',
    created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE (account),
    UNIQUE (phone),
    UNIQUE (email),
    KEY idx_users_role (role),
    KEY idx_users_status (status)
) ENGINE=InnoDB;

CREATE TABLE departments (
    id CHAR(36) NOT NULL,
    name VARCHAR(100) NOT NULL,
    code VARCHAR(20) NOT NULL,
    contact_person VARCHAR(50),
    contact_phone VARCHAR(20),
    description TEXT,
    status ENUM('active','inactive') DEFAULT 'active',
    created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE (code)
) ENGINE=InnoDB;

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
    created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE (user_id),
    FOREIGN KEY (user_id) REFERENCES users (id),
    FOREIGN KEY (department_id) REFERENCES departments (id)
) ENGINE=InnoDB;

CREATE TABLE appointments (
    id CHAR(36) NOT NULL,
    patient_id CHAR(36) NOT NULL,
    doctor_id CHAR(36) NOT NULL,
    appointment_date TIMESTAMP NOT NULL,
    time_slot VARCHAR(20) NOT NULL,
    visit_type ENUM('online_video','offline') NOT NULL,
    symptoms TEXT NOT NULL,
    has_visited_before BOOLEAN DEFAULT 0,
    status ENUM('pending','confirmed','completed','cancelled') DEFAULT 'pending',
    created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (patient_id) REFERENCES users (id),
    FOREIGN KEY (doctor_id) REFERENCES doctors (id),
    KEY idx_appointments_patient_id (patient_id),
    KEY idx_appointments_doctor_id (doctor_id),
    KEY idx_appointments_date (appointment_date),
    KEY idx_appointments_status (status)
) ENGINE=InnoDB;

CREATE TABLE prescriptions (
    id CHAR(36) NOT NULL,
    code VARCHAR(20) NOT NULL,
    doctor_id CHAR(36) NOT NULL,
    patient_id CHAR(36) NOT NULL,
    patient_name VARCHAR(100) NOT NULL,
    diagnosis TEXT NOT NULL,
    medicines JSON NOT NULL,
    instructions TEXT NOT NULL,
    prescription_date TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE (code),
    FOREIGN KEY (doctor_id) REFERENCES doctors (id),
    FOREIGN KEY (patient_id) REFERENCES users (id)
) ENGINE=InnoDB;

CREATE TABLE patient_profiles (
    id CHAR(36) NOT NULL,
    user_id CHAR(36) NOT NULL,
    name VARCHAR(100) NOT NULL,
    gender ENUM('male','female','other') NOT NULL,
    birthday DATE NOT NULL,
    phone VARCHAR(20),
    id_number VARCHAR(50),
    relationship VARCHAR(50) NOT NULL,
    medical_history TEXT,
    allergies TEXT,
    is_default BOOLEAN DEFAULT 0,
    created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE=InnoDB;

CREATE TABLE patient_groups (
    id CHAR(36) NOT NULL,
    doctor_id CHAR(36) NOT NULL,
    name VARCHAR(100) NOT NULL,
    description TEXT,
    patient_count INT DEFAULT 0,
    created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (doctor_id) REFERENCES doctors (id)
) ENGINE=InnoDB;

CREATE TABLE patient_group_members (
    id CHAR(36) NOT NULL,
    group_id CHAR(36) NOT NULL,
    patient_id CHAR(36) NOT NULL,
    joined_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    CONSTRAINT uk_group_patient UNIQUE (group_id, patient_id),
    FOREIGN KEY (group_id) REFERENCES patient_groups (id),
    FOREIGN KEY (patient_id) REFERENCES users (id)
) ENGINE=InnoDB;

CREATE TABLE content_categories (
    id CHAR(36) NOT NULL,
    name VARCHAR(50) NOT NULL,
    description TEXT,
    parent_id CHAR(36),
    sort_order INT DEFAULT 0,
    created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (parent_id) REFERENCES content_categories (id)
) ENGINE=InnoDB;

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
    status ENUM('draft','published','archived') DEFAULT 'draft',
    view_count INT DEFAULT 0,
    published_at TIMESTAMP NULL,
    created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (author_id) REFERENCES users (id),
    FOREIGN KEY (category_id) REFERENCES content_categories (id),
    KEY idx_articles_author_id (author_id),
    KEY idx_articles_status (status)
) ENGINE=InnoDB;

CREATE TABLE videos (
    id CHAR(36) NOT NULL,
    title VARCHAR(200) NOT NULL,
    description TEXT,
    video_url VARCHAR(500) NOT NULL,
    thumbnail_url VARCHAR(500),
    duration INT,
    author_id CHAR(36) NOT NULL,
    category_id CHAR(36),
    tags JSON,
    status ENUM('draft','published','archived') DEFAULT 'draft',
    view_count INT DEFAULT 0,
    published_at TIMESTAMP NULL,
    created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (author_id) REFERENCES users (id),
    FOREIGN KEY (category_id) REFERENCES content_categories (id),
    KEY idx_videos_author_id (author_id),
    KEY idx_videos_status (status)
) ENGINE=InnoDB;

CREATE TABLE live_streams (
    id CHAR(36) NOT NULL,
    title VARCHAR(200) NOT NULL,
    description TEXT,
    host_id CHAR(36) NOT NULL,
    scheduled_time TIMESTAMP NOT NULL,
    stream_url VARCHAR(500),
    qr_code VARCHAR(500),
    status ENUM('scheduled','live','ended') DEFAULT 'scheduled',
    created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (host_id) REFERENCES users (id)
) ENGINE=InnoDB;

CREATE TABLE circles (
    id CHAR(36) NOT NULL,
    name VARCHAR(100) NOT NULL,
    description TEXT,
    category VARCHAR(50),
    creator_id CHAR(36) NOT NULL,
    member_count INT DEFAULT 0,
    post_count INT DEFAULT 0,
    is_active BOOLEAN DEFAULT 1,
    created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (creator_id) REFERENCES users (id)
) ENGINE=InnoDB;

CREATE TABLE circle_members (
    id CHAR(36) NOT NULL,
    circle_id CHAR(36) NOT NULL,
    user_id CHAR(36) NOT NULL,
    role ENUM('owner','moderator','member') DEFAULT 'member',
    joined_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    CONSTRAINT uk_circle_user UNIQUE (circle_id, user_id),
    FOREIGN KEY (circle_id) REFERENCES circles (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE=InnoDB;

CREATE TABLE circle_posts (
    id CHAR(36) NOT NULL,
    circle_id CHAR(36) NOT NULL,
    author_id CHAR(36) NOT NULL,
    title VARCHAR(200) NOT NULL,
    content TEXT NOT NULL,
    images JSON,
    likes INT DEFAULT 0,
    comments INT DEFAULT 0,
    status ENUM('active','deleted') DEFAULT 'active',
    created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (circle_id) REFERENCES circles (id),
    FOREIGN KEY (author_id) REFERENCES users (id)
) ENGINE=InnoDB;

CREATE TABLE post_likes (
    id CHAR(36) NOT NULL,
    post_id CHAR(36) NOT NULL,
    user_id CHAR(36) NOT NULL,
    created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    CONSTRAINT uk_post_user UNIQUE (post_id, user_id),
    FOREIGN KEY (post_id) REFERENCES circle_posts (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE=InnoDB;

CREATE TABLE post_comments (
    id CHAR(36) NOT NULL,
    post_id CHAR(36) NOT NULL,
    author_id CHAR(36) NOT NULL,
    content TEXT NOT NULL,
    status ENUM('active','deleted') DEFAULT 'active',
    created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (post_id) REFERENCES circle_posts (id),
    FOREIGN KEY (author_id) REFERENCES users (id)
) ENGINE=InnoDB;

CREATE TABLE reviews (
    id CHAR(36) NOT NULL,
    appointment_id CHAR(36) NOT NULL,
    patient_id CHAR(36) NOT NULL,
    doctor_id CHAR(36) NOT NULL,
    rating INT NOT NULL CHECK (rating >= 1 AND rating <= 5),
    comment TEXT,
    is_anonymous BOOLEAN DEFAULT 0,
    is_visible BOOLEAN DEFAULT 1,
    doctor_reply TEXT,
    doctor_reply_at TIMESTAMP NULL,
    created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE (appointment_id),
    FOREIGN KEY (appointment_id) REFERENCES appointments (id),
    FOREIGN KEY (patient_id) REFERENCES users (id),
    FOREIGN KEY (doctor_id) REFERENCES doctors (id),
    KEY idx_reviews_doctor_id (doctor_id),
    KEY idx_reviews_patient_id (patient_id),
    KEY idx_reviews_rating (rating)
) ENGINE=InnoDB;

CREATE TABLE review_tags (
    id CHAR(36) NOT NULL,
    name VARCHAR(50) NOT NULL,
    usage_count INT DEFAULT 0,
    created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE (name)
) ENGINE=InnoDB;

CREATE TABLE review_tag_mappings (
    id CHAR(36) NOT NULL,
    review_id CHAR(36) NOT NULL,
    tag_id CHAR(36) NOT NULL,
    created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    CONSTRAINT uk_review_tag UNIQUE (review_id, tag_id),
    FOREIGN KEY (review_id) REFERENCES reviews (id),
    FOREIGN KEY (tag_id) REFERENCES review_tags (id)
) ENGINE=InnoDB;

CREATE TABLE common_phrases (
    id CHAR(36) NOT NULL,
    doctor_id CHAR(36) NOT NULL,
    category VARCHAR(50) NOT NULL,
    content TEXT NOT NULL,
    usage_count INT DEFAULT 0,
    created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (doctor_id) REFERENCES doctors (id)
) ENGINE=InnoDB;

CREATE TABLE prescription_templates (
    id CHAR(36) NOT NULL,
    doctor_id CHAR(36) NOT NULL,
    name VARCHAR(100) NOT NULL,
    diagnosis TEXT NOT NULL,
    medicines JSON NOT NULL,
    instructions TEXT NOT NULL,
    usage_count INT DEFAULT 0,
    created_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (doctor_id) REFERENCES doctors (id)
) ENGINE=InnoDB;

CREATE TABLE notifications (
    id CHAR(36) NOT NULL DEFAULT (uuid()),
    user_id CHAR(36) NOT NULL,
    type ENUM('appointment_reminder','appointment_confirmed','appointment_cancelled','prescription_ready','doctor_reply','system_announcement','review_reply','live_stream_reminder','group_message') NOT NULL,
    title VARCHAR(200) NOT NULL,
    content TEXT NOT NULL,
    related_id CHAR(36),
    status ENUM('unread','read','deleted') NOT NULL DEFAULT 'unread',
    metadata JSON DEFAULT ('{}'),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    read_at TIMESTAMP NULL,
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES users (id),
    KEY idx_notifications_user_id (user_id),
    KEY idx_notifications_status (status),
    KEY idx_notifications_created_at (created_at DESC),
    KEY idx_notifications_user_status (user_id, status)
) ENGINE=InnoDB;

CREATE TABLE notification_settings (
    id CHAR(36) NOT NULL DEFAULT (uuid()),
    user_id CHAR(36) NOT NULL,
    notification_type ENUM('appointment_reminder','appointment_confirmed','appointment_cancelled','prescription_ready','doctor_reply','system_announcement','review_reply','live_stream_reminder','group_message') NOT NULL,
    enabled BOOLEAN NOT NULL DEFAULT 1,
    email_enabled BOOLEAN NOT NULL DEFAULT 0,
    sms_enabled BOOLEAN NOT NULL DEFAULT 0,
    push_enabled BOOLEAN NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    CONSTRAINT uk_user_notification_type UNIQUE (user_id, notification_type),
    FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE=InnoDB;

CREATE TABLE sms_logs (
    id CHAR(36) NOT NULL DEFAULT (uuid()),
    user_id CHAR(36),
    phone VARCHAR(20) NOT NULL,
    template_code VARCHAR(50) NOT NULL,
    template_params JSON DEFAULT ('{}'),
    status VARCHAR(20) NOT NULL DEFAULT 'pending',
    error_message TEXT,
    provider VARCHAR(50),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    sent_at TIMESTAMP NULL,
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE=InnoDB;

CREATE TABLE email_logs (
    id CHAR(36) NOT NULL DEFAULT (uuid()),
    user_id CHAR(36),
    email VARCHAR(255) NOT NULL,
    subject VARCHAR(255) NOT NULL,
    body TEXT NOT NULL,
    status VARCHAR(20) NOT NULL DEFAULT 'pending',
    error_message TEXT,
    provider VARCHAR(50),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    sent_at TIMESTAMP NULL,
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE=InnoDB;

CREATE TABLE push_tokens (
    id CHAR(36) NOT NULL DEFAULT (uuid()),
    user_id CHAR(36) NOT NULL,
    device_type VARCHAR(20) NOT NULL,
    token TEXT NOT NULL,
    device_info JSON DEFAULT ('{}'),
    active BOOLEAN NOT NULL DEFAULT 1,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE=InnoDB;

CREATE TABLE payment_orders (
    id CHAR(36) NOT NULL DEFAULT (uuid()),
    order_no VARCHAR(50) NOT NULL,
    user_id CHAR(36) NOT NULL,
    appointment_id CHAR(36),
    order_type ENUM('appointment','consultation','prescription','other') NOT NULL,
    amount DECIMAL(10, 2) NOT NULL,
    currency VARCHAR(10) NOT NULL DEFAULT 'CNY',
    status ENUM('pending','paid','cancelled','refunded','partial_refunded','expired') NOT NULL DEFAULT 'pending',
    payment_method ENUM('wechat','alipay','bank_card','balance'),
    payment_time TIMESTAMP NULL,
    expire_time TIMESTAMP NOT NULL,
    description VARCHAR(500),
    metadata JSON,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE (order_no),
    FOREIGN KEY (user_id) REFERENCES users (id),
    FOREIGN KEY (appointment_id) REFERENCES appointments (id),
    KEY idx_payment_orders_user_id (user_id),
    KEY idx_payment_orders_appointment_id (appointment_id),
    KEY idx_payment_orders_order_no (order_no),
    KEY idx_payment_orders_status (status),
    KEY idx_payment_orders_created_at (created_at DESC)
) ENGINE=InnoDB;

CREATE TABLE payment_transactions (
    id CHAR(36) NOT NULL DEFAULT (uuid()),
    transaction_no VARCHAR(50) NOT NULL,
    order_id CHAR(36) NOT NULL,
    payment_method ENUM('wechat','alipay','bank_card','balance') NOT NULL,
    transaction_type ENUM('payment','refund') NOT NULL,
    amount DECIMAL(10, 2) NOT NULL,
    status ENUM('pending','success','failed') NOT NULL DEFAULT 'pending',
    external_transaction_id VARCHAR(100),
    prepay_id VARCHAR(100),
    trade_no VARCHAR(100),
    request_data JSON,
    response_data JSON,
    callback_data JSON,
    error_code VARCHAR(50),
    error_message VARCHAR(500),
    initiated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    completed_at TIMESTAMP NULL,
    PRIMARY KEY (id),
    UNIQUE (transaction_no),
    FOREIGN KEY (order_id) REFERENCES payment_orders (id),
    KEY idx_payment_transactions_order_id (order_id),
    KEY idx_payment_transactions_transaction_no (transaction_no),
    KEY idx_payment_transactions_external_id (external_transaction_id),
    KEY idx_payment_transactions_status (status)
) ENGINE=InnoDB;

CREATE TABLE refund_records (
    id CHAR(36) NOT NULL DEFAULT (uuid()),
    refund_no VARCHAR(50) NOT NULL,
    order_id CHAR(36) NOT NULL,
    transaction_id CHAR(36) NOT NULL,
    user_id CHAR(36) NOT NULL,
    refund_amount DECIMAL(10, 2) NOT NULL,
    refund_reason VARCHAR(500) NOT NULL,
    status ENUM('pending','processing','success','failed','cancelled') NOT NULL DEFAULT 'pending',
    reviewed_by CHAR(36),
    reviewed_at TIMESTAMP NULL,
    review_notes VARCHAR(500),
    external_refund_id VARCHAR(100),
    refund_response JSON,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    completed_at TIMESTAMP NULL,
    PRIMARY KEY (id),
    UNIQUE (refund_no),
    FOREIGN KEY (order_id) REFERENCES payment_orders (id),
    FOREIGN KEY (transaction_id) REFERENCES payment_transactions (id),
    FOREIGN KEY (user_id) REFERENCES users (id),
    FOREIGN KEY (reviewed_by) REFERENCES users (id),
    KEY idx_refund_records_order_id (order_id),
    KEY idx_refund_records_user_id (user_id),
    KEY idx_refund_records_refund_no (refund_no),
    KEY idx_refund_records_status (status)
) ENGINE=InnoDB;

CREATE TABLE payment_configs (
    id CHAR(36) NOT NULL DEFAULT (uuid()),
    payment_method ENUM('wechat','alipay') NOT NULL,
    config_key VARCHAR(50) NOT NULL,
    config_value TEXT NOT NULL,
    is_encrypted BOOLEAN DEFAULT 0,
    description VARCHAR(200),
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    CONSTRAINT uk_payment_method_key UNIQUE (payment_method, config_key)
) ENGINE=InnoDB;

CREATE TABLE price_configs (
    id CHAR(36) NOT NULL DEFAULT (uuid()),
    service_type VARCHAR(50) NOT NULL,
    service_name VARCHAR(100) NOT NULL,
    price DECIMAL(10, 2) NOT NULL,
    discount_price DECIMAL(10, 2),
    is_active BOOLEAN DEFAULT 1,
    effective_date DATE,
    expiry_date DATE,
    description TEXT,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    KEY idx_price_configs_service_type (service_type),
    KEY idx_price_configs_is_active (is_active)
) ENGINE=InnoDB;

CREATE TABLE user_balances (
    id CHAR(36) NOT NULL DEFAULT (uuid()),
    user_id CHAR(36) NOT NULL,
    balance DECIMAL(10, 2) NOT NULL DEFAULT '0.00',
    frozen_balance DECIMAL(10, 2) NOT NULL DEFAULT '0.00',
    total_income DECIMAL(10, 2) NOT NULL DEFAULT '0.00',
    total_expense DECIMAL(10, 2) NOT NULL DEFAULT '0.00',
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    UNIQUE (user_id),
    FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE=InnoDB;

CREATE TABLE balance_transactions (
    id CHAR(36) NOT NULL DEFAULT (uuid()),
    user_id CHAR(36) NOT NULL,
    transaction_type ENUM('income','expense','freeze','unfreeze') NOT NULL,
    amount DECIMAL(10, 2) NOT NULL,
    balance_before DECIMAL(10, 2) NOT NULL,
    balance_after DECIMAL(10, 2) NOT NULL,
    related_type VARCHAR(50),
    related_id CHAR(36),
    description VARCHAR(200) NOT NULL,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES users (id),
    KEY idx_balance_transactions_user_id (user_id),
    KEY idx_balance_transactions_type (transaction_type),
    KEY idx_balance_transactions_created_at (created_at DESC)
) ENGINE=InnoDB;

CREATE TABLE video_consultations (
    id CHAR(36) NOT NULL DEFAULT (uuid()),
    appointment_id CHAR(36) NOT NULL,
    doctor_id CHAR(36) NOT NULL,
    patient_id CHAR(36) NOT NULL,
    room_id VARCHAR(100) NOT NULL,
    status ENUM('waiting','in_progress','completed','cancelled','no_show') NOT NULL DEFAULT 'waiting',
    scheduled_start_time TIMESTAMP NOT NULL,
    actual_start_time TIMESTAMP NULL,
    end_time TIMESTAMP NULL,
    duration INT,
    doctor_token TEXT,
    patient_token TEXT,
    ice_servers JSON,
    chief_complaint TEXT,
    diagnosis TEXT,
    treatment_plan TEXT,
    notes TEXT,
    connection_quality ENUM('excellent','good','fair','poor'),
    patient_rating INT,
    patient_feedback TEXT,
    metadata JSON,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (appointment_id) REFERENCES appointments (id),
    FOREIGN KEY (doctor_id) REFERENCES doctors (id),
    FOREIGN KEY (patient_id) REFERENCES users (id),
    UNIQUE (room_id),
    KEY idx_video_consultations_appointment_id (appointment_id),
    KEY idx_video_consultations_doctor_id (doctor_id),
    KEY idx_video_consultations_patient_id (patient_id),
    KEY idx_video_consultations_room_id (room_id),
    KEY idx_video_consultations_status (status),
    KEY idx_video_consultations_scheduled_time (scheduled_start_time)
) ENGINE=InnoDB;

CREATE TABLE video_recordings (
    id CHAR(36) NOT NULL DEFAULT (uuid()),
    consultation_id CHAR(36) NOT NULL,
    recording_url VARCHAR(500),
    thumbnail_url VARCHAR(500),
    file_size BIGINT,
    duration INT,
    format VARCHAR(20),
    status ENUM('recording','processing','completed','failed') NOT NULL DEFAULT 'recording',
    error_message TEXT,
    started_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    completed_at TIMESTAMP NULL,
    expires_at TIMESTAMP NULL,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (consultation_id) REFERENCES video_consultations (id),
    KEY idx_video_recordings_consultation_id (consultation_id),
    KEY idx_video_recordings_status (status)
) ENGINE=InnoDB;

CREATE TABLE webrtc_signals (
    id CHAR(36) NOT NULL DEFAULT (uuid()),
    room_id VARCHAR(100) NOT NULL,
    from_user_id CHAR(36) NOT NULL,
    to_user_id CHAR(36) NOT NULL,
    signal_type ENUM('offer','answer','ice_candidate','join','leave','error') NOT NULL,
    payload JSON NOT NULL,
    delivered BOOLEAN DEFAULT 0,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (from_user_id) REFERENCES users (id),
    FOREIGN KEY (to_user_id) REFERENCES users (id),
    KEY idx_webrtc_signals_room_id (room_id),
    KEY idx_webrtc_signals_to_user (to_user_id, delivered),
    KEY idx_webrtc_signals_created_at (created_at)
) ENGINE=InnoDB;

CREATE TABLE video_call_events (
    id CHAR(36) NOT NULL DEFAULT (uuid()),
    consultation_id CHAR(36) NOT NULL,
    user_id CHAR(36) NOT NULL,
    event_type ENUM('joined','left','reconnected','disconnected','camera_on','camera_off','mic_on','mic_off','screen_share_start','screen_share_end','recording_start','recording_end','network_poor','network_recovered') NOT NULL,
    event_data JSON,
    ip_address VARCHAR(45),
    user_agent TEXT,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (consultation_id) REFERENCES video_consultations (id),
    FOREIGN KEY (user_id) REFERENCES users (id),
    KEY idx_video_call_events_consultation_id (consultation_id),
    KEY idx_video_call_events_user_id (user_id),
    KEY idx_video_call_events_type (event_type),
    KEY idx_video_call_events_created_at (created_at)
) ENGINE=InnoDB;

CREATE TABLE video_consultation_templates (
    id CHAR(36) NOT NULL DEFAULT (uuid()),
    doctor_id CHAR(36) NOT NULL,
    name VARCHAR(100) NOT NULL,
    chief_complaint TEXT,
    diagnosis TEXT,
    treatment_plan TEXT,
    notes TEXT,
    usage_count INT DEFAULT 0,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (doctor_id) REFERENCES doctors (id),
    KEY idx_consultation_templates_doctor_id (doctor_id)
) ENGINE=InnoDB;

CREATE TABLE file_uploads (
    id CHAR(36) NOT NULL DEFAULT (uuid()),
    user_id CHAR(36) NOT NULL,
    file_type ENUM('image','video','document','audio','other') NOT NULL,
    file_name VARCHAR(255) NOT NULL,
    file_path VARCHAR(500) NOT NULL,
    file_url VARCHAR(500) NOT NULL,
    file_size BIGINT NOT NULL,
    mime_type VARCHAR(100),
    related_type VARCHAR(50),
    related_id CHAR(36),
    width INT,
    height INT,
    thumbnail_url VARCHAR(500),
    is_public BOOLEAN DEFAULT 0,
    status ENUM('uploading','completed','failed','deleted') NOT NULL DEFAULT 'uploading',
    error_message TEXT,
    bucket_name VARCHAR(100),
    object_key VARCHAR(500),
    etag VARCHAR(100),
    uploaded_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    expires_at TIMESTAMP NULL,
    deleted_at TIMESTAMP NULL,
    PRIMARY KEY (id),
    FOREIGN KEY (user_id) REFERENCES users (id),
    KEY idx_file_uploads_user_id (user_id),
    KEY idx_file_uploads_related (related_type, related_id),
    KEY idx_file_uploads_status (status),
    KEY idx_file_uploads_uploaded_at (uploaded_at DESC)
) ENGINE=InnoDB;

CREATE TABLE system_configs (
    id CHAR(36) NOT NULL DEFAULT (uuid()),
    category VARCHAR(50) NOT NULL,
    config_key VARCHAR(100) NOT NULL,
    config_value TEXT NOT NULL,
    value_type ENUM('string','number','boolean','json') NOT NULL DEFAULT 'string',
    description TEXT,
    is_encrypted BOOLEAN DEFAULT 0,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    PRIMARY KEY (id),
    CONSTRAINT uk_category_key UNIQUE (category, config_key),
    KEY idx_system_configs_category (category)
) ENGINE=InnoDB;
