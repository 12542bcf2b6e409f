"""Addresses of following: by e-mail and as Atom."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from sutarta.apps.publishing.views import feeds, following


class Follower(StringConverter):
    """The secret of a follower's page: 256 bits in base64url."""

    regex = "[A-Za-z0-9_-]{43}"


class Followed(StringConverter):
    """A passage's id, as core.documents gives it."""

    regex = "[a-z0-9]{4,20}"


register_converter(Follower, "follower")
register_converter(Followed, "followed")

urlpatterns = [
    path("follow/", following.follow, name="follow"),
    path("follow/begin/", following.begin, name="follow_begin"),
    path("follow/asked/", following.asked, name="follow_asked"),
    path("follow/left/", following.left, name="follow_left"),
    path("follow/<follower:secret>/", following.mine, name="follow_mine"),
    path("follow/<follower:secret>/leave/", following.leave, name="follow_leave"),
    path("follow/<follower:secret>/yes/<uuid:follow>/", following.confirm, name="follow_confirm"),
    path("feed/strategy/<int:strategy>/", feeds.strategy, name="feed_strategy"),
    path("feed/strategy/<int:strategy>/<followed:lineage>/", feeds.passage, name="feed_passage"),
    path("feed/consultation/<int:consultation>/", feeds.consultation, name="feed_consultation"),
]
