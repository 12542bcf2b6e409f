"""How mail programs put a letter that is answered, or passed on, below the words of its answer."""

from __future__ import annotations

WHO = "A V <vvg@alksniai.example>"
LT = (
    "Nuo: {who}\nIšsiųsta: 2026 m. lapkričio 20 d., penktadienis 10:12\n"
    "Kam: R M <r.m@post.example>\n"
)
EN = "From: {who}\nSent: Friday, November 20, 2026 10:12 AM\nTo: R M <r.m@post.example>\n"
ASKS = "Ar reikia tako prie ežero?"
MARKED = f"> {ASKS}\n>\n> A. V."
BARE = f"{ASKS}\n\nA. V."

# Name of the program and its language -> what stands below the words of the answer.
BELOW = {
    "gmail lt": f"2026-11-20, pn, 10:12 {WHO} rašė:\n\n{MARKED}",
    "gmail lt wrapped": (
        "2026-11-20, pn, 10:12 Alksnių krašto vietos veiklos grupė <vvg@alksniai.example>\n"
        f"rašė:\n\n{MARKED}"
    ),
    "gmail en": f"On Fri, Nov 20, 2026 at 10:12 AM {WHO} wrote:\n\n{MARKED}",
    "gmail ru": f"пт, 20 нояб. 2026 г. в 10:12, {WHO}:\n\n{MARKED}",
    "gmail pl": f"pt., 20 lis 2026 o 10:12 {WHO} napisał(a):\n\n{MARKED}",
    "outlook lt": f"{'_' * 32}\n{LT.format(who=WHO)}Tema: Re: Takas\n\n{BARE}",
    "outlook en": f"{EN.format(who=WHO)}Subject: Re: Path\n\n{BARE}",
    "outlook old en": f"-----Original Message-----\n{EN.format(who=WHO)}\n{BARE}",
    "outlook old lt": f"-----Pradinis laiškas-----\n{LT.format(who=WHO)}\n{BARE}",
    "outlook phone lt": (
        "Gaukite „Outlook“, skirtą „iOS“\n"
        f"{'_' * 32}\n{LT.format(who=WHO)}Tema: Re: Takas\n\n{BARE}"
    ),
    "outlook phone en": f"Get Outlook for Android\n{'_' * 32}\n{EN.format(who=WHO)}\n{BARE}",
    "outlook bold": (
        f"*Nuo:* {WHO}\n*Išsiųsta:* 2026 m. lapkričio 20 d. 10:12\n*Tema:* Re\n\n{BARE}"
    ),
    "outlook many": (
        f"Nuo: {WHO}\nKam: R M <r.m@post.example>; S T <s.t@post.example>;\n"
        f"    U V <u.v@post.example>\nIšsiųsta: 2026-11-20 10:12\nTema: Takas\n\n{BARE}"
    ),
    "iphone lt": f"Išsiųsta iš mano „iPhone“\n\n2026-11-20, 10:12, {WHO} rašė:\n\n{MARKED}",
    "iphone en": f"Sent from my iPhone\n\n> On Nov 20, 2026, at 10:12, {WHO} wrote:\n> \n{MARKED}",
    "apple lt": f"{WHO} rašė 2026-11-20 10:12:\n\n{MARKED}",
    "apple en": f"On 20 Nov 2026, at 10:12, {WHO} wrote:\n\n{MARKED}",
    "thunderbird lt": f"2026-11-20 10:12, A V rašė:\n{MARKED}",
    "thunderbird en": f"On 20/11/2026 10:12, A V wrote:\n{MARKED}",
    "yahoo lt": (
        f"    penktadienis, 2026 m. lapkričio 20 d. 10:12:00 GMT+2, {WHO} rašė:  \n \n{BARE}"
    ),
    "yahoo en": f"On Friday, November 20, 2026 at 10:12:00 AM GMT+2, {WHO} wrote:\n\n{BARE}",
    "samsung lt": (
        "Išsiųsta iš mano „Galaxy“\n\n-------- Pradinis pranešimas --------\n"
        f"Nuo: {WHO}\nData: 2026-11-20 10:12 (GMT+02:00)\nKam: R M\nTema: Takas\n\n{BARE}"
    ),
    "samsung en": (
        f"-------- Original message --------\nFrom: {WHO}\nDate: 20/11/2026 10:12 (GMT+02:00)\n"
        f"To: R M <r.m@post.example>\nSubject: Path\n\n{BARE}"
    ),
    "proton en": (
        "Sent with Proton Mail secure email.\n\n"
        f"On Friday, November 20th, 2026 at 10:12, {WHO} wrote:\n\n{MARKED}"
    ),
    "k-9 en": f"On November 20, 2026 10:12:00 AM GMT+02:00, {WHO} wrote:\n{MARKED}",
    "signature": "-- \nR. M.\nAlksnių g. 1, tel. +370 600 00000",
    "signature and quote": f"-- \nR. M.\n\n2026-11-20 10:12, A V rašė:\n{MARKED}",
    "phone alone": "Išsiųsta iš „Samsung Galaxy“ išmaniojo telefono",
    "nothing": "",
}

# The same of programs that write HTML.
GMAIL = (
    '<div class="gmail_quote"><div class="gmail_attr">{line}<br></div>'
    '<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid">'
    "<div>Ar reikia tako prie ežero?</div></blockquote></div>"
)
RICH = {
    "gmail lt": GMAIL.format(
        line='2026-11-20, pn, 10:12 A V &lt;<a href="mailto:v">vvg@alksniai.example</a>&gt; rašė:'
    ),
    "gmail en": GMAIL.format(
        line="On Fri, Nov 20, 2026 at 10:12 AM A V &lt;vvg@alksniai.example&gt; wrote:"
    ),
    "outlook lt": (
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal">'
        "<b>Nuo:</b> A V &lt;vvg@alksniai.example&gt;<br><b>Išsiųsta:</b> 2026 m. lapkričio 20 d."
        "<br><b>Kam:</b> R M<br><b>Tema:</b> Takas</p></div><p>Ar reikia tako prie ežero?</p>"
    ),
    "outlook web en": (
        '<hr style="width:98%"><div id="divRplyFwdMsg"><font><b>From:</b> A V &lt;v@a.lt&gt;<br>'
        "<b>Sent:</b> Friday, November 20, 2026 10:12<br><b>To:</b> R M<br><b>Subject:</b> Path"
        "</font><div>&nbsp;</div></div><div>Ar reikia tako prie ežero?</div>"
    ),
    "iphone lt": (
        '<div>Išsiųsta iš mano „iPhone“</div><div><br><blockquote type="cite">'
        "2026-11-20, 10:12, A V &lt;vvg@alksniai.example&gt; rašė:<br><br></blockquote></div>"
        '<blockquote type="cite"><div>Ar reikia tako prie ežero?</div></blockquote>'
    ),
    "thunderbird lt": (
        '<div class="moz-cite-prefix">2026-11-20 10:12, A V rašė:<br></div>'
        '<blockquote type="cite"><p>Ar reikia tako prie ežero?</p></blockquote>'
    ),
    "yahoo lt": (
        '<div class="yahoo_quoted"><div>penktadienis, 2026 m. lapkričio 20 d. 10:12:00 GMT+2, '
        "A V &lt;vvg@alksniai.example&gt; rašė:</div><div><br></div>"
        "<div>Ar reikia tako prie ežero?</div></div>"
    ),
    "nothing": "",
}

# Name -> (subject, what stands below the forwarder's words).
INNER = "Prašau suolų prie ežero.\n\nS. T."
PASSED_ON = {
    "gmail en": (
        "Fwd: Suolai",
        "---------- Forwarded message ---------\nFrom: S T <s.t@post.example>\n"
        "Date: Fri, Nov 20, 2026 at 10:12 AM\nSubject: Suolai\nTo: <r.m@post.example>\n\n\n{inner}",
    ),
    "gmail lt": (
        "Fwd: Suolai",
        "---------- Persiųstas laiškas ---------\nNuo: S T <s.t@post.example>\n"
        "Data: 2026-11-20, pn, 10:12\nTema: Suolai\nKam: <r.m@post.example>\n\n\n{inner}",
    ),
    "outlook lt": (
        "FW: Suolai",
        "________________________________\nNuo: S T <s.t@post.example>\n"
        "Išsiųsta: 2026 m. lapkričio 20 d. 10:12\nKam: R M\nTema: Suolai\n\n{inner}",
    ),
    "outlook en": (
        "Fw: Suolai",
        "From: S T <s.t@post.example>\nSent: Friday, November 20, 2026 10:12\nTo: R M\n"
        "Subject: Suolai\n\n{inner}",
    ),
    "apple en": (
        "Fwd: Suolai",
        "Begin forwarded message:\n\n> From: S T <s.t@post.example>\n> Subject: Suolai\n"
        "> Date: 20 November 2026 at 10:12\n> To: r.m@post.example\n>\n{marked}",
    ),
    "thunderbird lt": (
        "Fwd: Suolai",
        "-------- Persiųstas laiškas --------\nTema: \tSuolai\nData: \t2026-11-20 10:12\n"
        "Nuo: \tS T <s.t@post.example>\nKam: \tr.m@post.example\n\n{inner}",
    ),
    "samsung en": (
        "Fwd: Suolai",
        "-------- Original message --------\nFrom: S T <s.t@post.example>\n"
        "Date: 20/11/2026 10:12 (GMT+02:00)\nTo: R M\nSubject: Suolai\n\n{inner}",
    ),
}
