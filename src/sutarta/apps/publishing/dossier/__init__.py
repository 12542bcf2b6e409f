"""The dossier: everything public about one consultation in one zip that opens and verifies offline.

Nothing of it is kept on disk: what is covered or erased later leaves no copy behind with us.
"""

from sutarta.apps.publishing.dossier.packing import pack

__all__ = ["pack"]
