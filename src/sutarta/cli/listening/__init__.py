"""The door for those with a mail server of their own: it hands letters over, we keep them.

where     at what address we listen, and why no stranger can reach it
taking    whose letters are taken, and what is answered when
server    the protocol itself (LMTP, RFC 2033, or SMTP, RFC 5321), its limits and its end
"""
