"""What goes out into the world: notices and their proof, and whoever follows."""

from sutarta.apps.publishing.models.following import About, Follow
from sutarta.apps.publishing.models.notices import Notice, Outlet, Publication

__all__ = ["About", "Follow", "Notice", "Outlet", "Publication"]
