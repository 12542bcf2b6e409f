"""People who work here: users, and what they may do in which group."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7

from sutarta.apps.ledger.models import LoggedRow
from sutarta.apps.tenants.models import TenantRow


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, **facts: Any) -> User:
        """Store a person. Nobody has a password: one signs in by link or by code."""
        user = self.model(email=self.normalize_email(email).lower(), **facts)
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person with an e-mail address. What they may do stands in their memberships."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("E-mail"), unique=True)
    name = models.CharField(_("Name"), max_length=120, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        """What is shown of a member of staff in public: „R. M.“"""
        return " ".join(f"{word[0].upper()}." for word in self.name.split()[:2])


class Role(models.TextChoices):
    COORDINATOR = "COORDINATOR", _("Coordinator")
    EDITOR = "EDITOR", _("Editor")
    MODERATOR = "MODERATOR", _("Moderator")
    AUDITOR = "AUDITOR", _("Auditor")


class Membership(LoggedRow):
    """What one person may do in one group, from when until when (exclusive)."""

    LOGGED = ("user", "role", "starts_at", "ends_at")

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user", "role"],
                condition=models.Q(ends_at=None),
                name="one_role_at_a_time",
            )
        ]

    def holds(self, at: datetime) -> bool:
        """Whether the role counts at that moment."""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


class SignInLink(TenantRow):
    """A link that signs one person in, once. Only the digest of its secret is stored."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    @staticmethod
    def digest_of(secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()
