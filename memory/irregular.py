"""Words whose forms no stemmer brings together: "went" is found by "go". By language; a line begins with the word that the others become."""

from __future__ import annotations

_FORMS = {
    "en": """
go went gone; buy bought; bring brought; think thought; teach taught; catch caught; fight fought; seek sought; see saw seen; take took taken; give gave given;
make made; come came; become became; begin began begun; run ran; swim swam swum; sing sang sung; drink drank drunk; ring rang rung; write wrote written;
drive drove driven; ride rode ridden; rise rose risen; speak spoke spoken; break broke broken; choose chose chosen; wake woke woken; wear wore worn; tear tore torn;
know knew known; grow grew grown; throw threw thrown; fly flew flown; draw drew drawn; blow blew blown; show shown; eat ate eaten; fall fell fallen; find found;
hold held; hear heard; keep kept; sleep slept; feel felt; leave left; meet met; lead led; feed fed; pay paid; say said; tell told; sell sold; lose lost; win won;
build built; send sent; spend spent; lend lent; stand stood; understand understood; sit sat; forget forgot forgotten; hide hid hidden; bite bit bitten; lie lay lain;
mean meant; dream dreamt; learn learnt; burn burnt; dig dug; hang hung; stick stuck; shoot shot; light lit; shake shook shaken; steal stole stolen;
freeze froze frozen; swear swore sworn; child children; man men; woman women; person people; foot feet; tooth teeth; mouse mice; wife wives; knife knives; leaf leaves;
good better best; bad worse worst; marry marriage; die death; choose choice; live life lives
""",
    "de": """
gehen ging gingen gegangen; kommen kam kamen gekommen; fahren fuhr fuhren gefahren; essen aß aßen gegessen; trinken trank tranken getrunken; lesen las lasen gelesen;
sehen sah sahen gesehen; geben gab gaben gegeben; nehmen nahm nahmen genommen; finden fand fanden gefunden; sprechen sprach sprachen gesprochen;
schreiben schrieb schrieben geschrieben; bleiben blieb blieben geblieben; treffen traf trafen getroffen; helfen half halfen geholfen; laufen lief liefen gelaufen;
schlafen schlief schliefen geschlafen; fliegen flog flogen geflogen; ziehen zog zogen gezogen; umziehen umgezogen; denken dachte dachten gedacht;
bringen brachte brachten gebracht; kennen kannte kannten gekannt; wissen wusste wussten gewusst; verlieren verlor verloren; gewinnen gewann gewonnen;
schwimmen schwamm geschwommen; singen sang gesungen; tragen trug getragen; kaufen gekauft; haus häuser; kind kinder; buch bücher; mann männer; gut besser beste
""",
    "es": """
ir fui fue fuimos iba iban; hacer hice hizo hecho; decir dije dijo dicho; ver vi vio visto; venir vine vino; dar di dio; poner puse puso puesto; traer traje trajo;
querer quise quiso quiero quiere; saber supe supo; poder pude pudo puedo puede; escribir escrito; abrir abierto; volver vuelto vuelvo vuelve; morir murió muerto;
dormir durmió duermo duerme; jugar juego juega; empezar empiezo empieza; pedir pidió pido; bueno mejor; malo peor
""",
    "no": """
gå gikk gått; komme kom kommet; dra dro dratt; spise spiste spist; drikke drakk drukket; se så sett; gi ga gitt; ta tok tatt; finne fant funnet; skrive skrev skrevet;
lese leste lest; snakke snakket; møte møtte møtt; hjelpe hjalp hjulpet; løpe løp løpt; sove sov sovet; fly fløy fløyet; tenke tenkte tenkt; bringe brakte brakt;
vinne vant vunnet; synge sang sunget; kjøpe kjøpte kjøpt; selge solgte solgt; bok bøker; mann menn; bra bedre best; god bedre best; barn barna
""",
}

BASE: dict[str, dict[str, str]] = {
    language: {form: words[0] for entry in text.split(";") if (words := entry.split()) for form in words[1:]}
    for language, text in _FORMS.items()
}
