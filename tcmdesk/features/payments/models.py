"""Orders, transactions, refunds, prices and balances."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tcmdesk.core.db.base import Base
from tcmdesk.core.db.types import (
    CreatedAt,
    Flag,
    FlagOn,
    Moment,
    Money,
    OneOf,
    Ref,
    ServerId,
    UpdatedAt,
    json_column,
)

OrderType = Literal["appointment", "consultation", "prescription", "other"]
OrderStatus = Literal["pending", "paid", "cancelled", "refunded", "partial_refunded", "expired"]
PaymentMethod = Literal["wechat", "alipay", "bank_card", "balance"]
TransactionType = Literal["payment", "refund"]
TransactionStatus = Literal["pending", "success", "failed"]
RefundStatus = Literal["pending", "processing", "success", "failed", "cancelled"]
OnlineMethod = Literal["wechat", "alipay"]
BalanceChange = Literal["income", "expense", "freeze", "unfreeze"]


class PaymentOrder(Base):
    """An order to be paid."""

    __tablename__ = "payment_orders"
    __table_args__ = (
        Index("idx_payment_orders_user_id", "user_id"),
        Index("idx_payment_orders_appointment_id", "appointment_id"),
        Index("idx_payment_orders_order_no", "order_no"),
        Index("idx_payment_orders_status", "status"),
    )

    id: Mapped[ServerId]
    order_no: Mapped[str] = mapped_column(String(50), unique=True)
    user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    appointment_id: Mapped[Ref | None] = mapped_column(ForeignKey("appointments.id"))
    order_type: Mapped[OrderType] = mapped_column(OneOf(OrderType))
    amount: Mapped[Decimal] = mapped_column(Money)
    currency: Mapped[str] = mapped_column(String(10), server_default="CNY")
    status: Mapped[OrderStatus] = mapped_column(OneOf(OrderStatus), server_default="pending")
    payment_method: Mapped[PaymentMethod | None] = mapped_column(OneOf(PaymentMethod))
    payment_time: Mapped[Moment | None]
    expire_time: Mapped[Moment]
    description: Mapped[str | None] = mapped_column(String(500))
    metadata_: Mapped[Any | None] = mapped_column("metadata", json_column())
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]


Index("idx_payment_orders_created_at", PaymentOrder.created_at.desc())


class PaymentTransaction(Base):
    """A payment or refund at the payment service."""

    __tablename__ = "payment_transactions"
    __table_args__ = (
        Index("idx_payment_transactions_order_id", "order_id"),
        Index("idx_payment_transactions_transaction_no", "transaction_no"),
        Index("idx_payment_transactions_external_id", "external_transaction_id"),
        Index("idx_payment_transactions_status", "status"),
    )

    id: Mapped[ServerId]
    transaction_no: Mapped[str] = mapped_column(String(50), unique=True)
    order_id: Mapped[Ref] = mapped_column(ForeignKey("payment_orders.id"))
    payment_method: Mapped[PaymentMethod] = mapped_column(OneOf(PaymentMethod))
    transaction_type: Mapped[TransactionType] = mapped_column(OneOf(TransactionType))
    amount: Mapped[Decimal] = mapped_column(Money)
    status: Mapped[TransactionStatus] = mapped_column(OneOf(TransactionStatus), server_default="pending")
    external_transaction_id: Mapped[str | None] = mapped_column(String(100))
    prepay_id: Mapped[str | None] = mapped_column(String(100))
    trade_no: Mapped[str | None] = mapped_column(String(100))
    request_data: Mapped[Any | None] = mapped_column(json_column())
    response_data: Mapped[Any | None] = mapped_column(json_column())
    callback_data: Mapped[Any | None] = mapped_column(json_column())
    error_code: Mapped[str | None] = mapped_column(String(50))
    error_message: Mapped[str | None] = mapped_column(String(500))
    initiated_at: Mapped[CreatedAt]
    completed_at: Mapped[Moment | None]


class RefundRecord(Base):
    """A refund that was asked for."""

    __tablename__ = "refund_records"
    __table_args__ = (
        Index("idx_refund_records_order_id", "order_id"),
        Index("idx_refund_records_user_id", "user_id"),
        Index("idx_refund_records_refund_no", "refund_no"),
        Index("idx_refund_records_status", "status"),
    )

    id: Mapped[ServerId]
    refund_no: Mapped[str] = mapped_column(String(50), unique=True)
    order_id: Mapped[Ref] = mapped_column(ForeignKey("payment_orders.id"))
    transaction_id: Mapped[Ref] = mapped_column(ForeignKey("payment_transactions.id"))
    user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    refund_amount: Mapped[Decimal] = mapped_column(Money)
    refund_reason: Mapped[str] = mapped_column(String(500))
    status: Mapped[RefundStatus] = mapped_column(OneOf(RefundStatus), server_default="pending")
    reviewed_by: Mapped[Ref | None] = mapped_column(ForeignKey("users.id"))
    reviewed_at: Mapped[Moment | None]
    review_notes: Mapped[str | None] = mapped_column(String(500))
    external_refund_id: Mapped[str | None] = mapped_column(String(100))
    refund_response: Mapped[Any | None] = mapped_column(json_column())
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]
    completed_at: Mapped[Moment | None]


class PaymentConfig(Base):
    """A setting of a payment service."""

    __tablename__ = "payment_configs"
    __table_args__ = (UniqueConstraint("payment_method", "config_key", name="uk_payment_method_key"),)

    id: Mapped[ServerId]
    payment_method: Mapped[OnlineMethod] = mapped_column(OneOf(OnlineMethod))
    config_key: Mapped[str] = mapped_column(String(50))
    config_value: Mapped[str] = mapped_column(Text)
    is_encrypted: Mapped[Flag | None]
    description: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]


class PriceConfig(Base):
    """The price of a service."""

    __tablename__ = "price_configs"
    __table_args__ = (
        Index("idx_price_configs_service_type", "service_type"),
        Index("idx_price_configs_is_active", "is_active"),
    )

    id: Mapped[ServerId]
    service_type: Mapped[str] = mapped_column(String(50))
    service_name: Mapped[str] = mapped_column(String(100))
    price: Mapped[Decimal] = mapped_column(Money)
    discount_price: Mapped[Decimal | None] = mapped_column(Money)
    is_active: Mapped[FlagOn | None]
    effective_date: Mapped[dt.date | None]
    expiry_date: Mapped[dt.date | None]
    description: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]


class UserBalance(Base):
    """The balance of an account."""

    __tablename__ = "user_balances"

    id: Mapped[ServerId]
    user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"), unique=True)
    balance: Mapped[Decimal] = mapped_column(Money, server_default="0.00")
    frozen_balance: Mapped[Decimal] = mapped_column(Money, server_default="0.00")
    total_income: Mapped[Decimal] = mapped_column(Money, server_default="0.00")
    total_expense: Mapped[Decimal] = mapped_column(Money, server_default="0.00")
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]


class BalanceTransaction(Base):
    """One change of a balance."""

    __tablename__ = "balance_transactions"
    __table_args__ = (
        Index("idx_balance_transactions_user_id", "user_id"),
        Index("idx_balance_transactions_type", "transaction_type"),
    )

    id: Mapped[ServerId]
    user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    transaction_type: Mapped[BalanceChange] = mapped_column(OneOf(BalanceChange))
    amount: Mapped[Decimal] = mapped_column(Money)
    balance_before: Mapped[Decimal] = mapped_column(Money)
    balance_after: Mapped[Decimal] = mapped_column(Money)
    related_type: Mapped[str | None] = mapped_column(String(50))
    related_id: Mapped[Ref | None]
    description: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[CreatedAt]


Index("idx_balance_transactions_created_at", BalanceTransaction.created_at.desc())
