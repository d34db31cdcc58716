"""The words that pages of LinkedIn and WordPress have around replies, in many languages."""

from __future__ import annotations

import re

_UNITS = (
    r"s|secs?|seconds?|mins?|m|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|mos?|mths?|months?|y"
    r"|yrs?|years?"
    r"|jahre?n?|j|monate?n?|mon|wochen?|wo|tage?n?|stunden?|std|minuten?"
    r"|ans?|mois|sem|semaines?|jours?|heures?"
    r"|años?|mes(?:es)?|semanas?|días?|horas?|minutos?|anos?|dias?"
    r"|ann[io]|mes[ei]|sett|settiman[ae]|giorn[io]|gg?|or[ae]|minut[io]"
    r"|jr|jaar|jaren|mnd|maand(?:en)?|wk|week|weken|dgn|dag(?:en)?|uu?r?|uren"
    r"|år|mån|mdr?|månader|måneder|v|veckor|uger?|uker?|dagar|dage|dager|t|timmar|timer"
    r"|lat[a]?|rok|mies|miesiąc(?:e|y)?|tyg|tygodni[ea]?|dni|dzień|godz|r|měs|týd|dn[íy]|hod"
    r"|г|лет|года?|мес|нед|дн|ч|yıl|ay|hafta|gün|sa|سنة|سنوات|شهر|أشهر|أسابيع|أسبوع|أيام|يوم|ساعة"
    r"|年|个?月|個月|[かヶカケ]月|週間?|周|天|日|小?时|小時|時間|分钟?|分鐘|년|개월|달|주|일|시간"
    r"|분"
)
_EDITED = (
    r"(?:edited|bearbeitet|modifiée?|editado|editada|modificato|bewerkt|redigerad|redigeret"
    r"|redigert"
    r"|edytowano|upraveno|изменено|düzenlendi|已编辑|已編輯|編集済み|수정됨|تم التعديل)"
)
_LENGTH = (
    rf"(?:(?:vor|il y a|hace|há|för|for|przed|před|قبل|منذ)\s+)?(?:\d{{1,3}}\s?\+?\s?(?:{_UNITS})"
    rf"|an? (?:year|month|week|day|hour))\.?"
    r"(?:\s?(?:ago|前|전|fa|geleden|sedan|siden|temu|назад|atrás|önce))?|just now|yesterday|now"
    r"|gestern|hier"
)
# '9 年', '3mo', '2w • Edited', '(edited) 3 weeks ago'; after a name or role only behind a dot
_AGE = re.compile(
    rf"(?:(?P<head>\S.{{0,150}}?)\s*[•·]\s*)?\(?(?:{_EDITED}\)?\s*[•·]?\s*)?(?:{_LENGTH})"
    rf"\s*(?:[•·]?\s*\(?{_EDITED}\)?)?\s*(?:[•·]\s*)?",
    re.IGNORECASE,
)

_LIKE = (
    r"(?:like|gefällt mir|j.aime|recomendar|gostei|consiglia|interessant|gilla|synes godt om|liker"
    r"|lubię to"
    r"|líbí se mi|нравится|beğen|赞|讚|いいね！?|추천|أعجبني|recommend|celebrate|support|love"
    r"|insightful|funny)"
)
_REPLY = (
    r"(?:reply|antworten|répondre|responder|rispondi|beantwoorden|svara|svar|odpowiedz|odpovědět"
    r"|ответить"
    r"|yanıtla|回复|回覆|返信|답글|رد|reply to this|respond)"
)
_COUNT = (
    r"\d[\d,.]{0,12}\s?(?:like|reaction|repl(?:y|ie)|comment|reakt|réact|réponse|reacci|respuesta"
    r"|reaç"
    r"|resposta"
    r"|reazion|rispost|reactie|antwoord|antwort|kommentar|reaktion|svar|次回应|次回應|个?赞"
    r"|則?回覆|条?回复|件の"
    r"|리액션|답글)\w*"
)
_BUTTON = rf"(?:{_LIKE}|{_REPLY}|{_COUNT}|\d{{1,6}}|share|edit|delete|report|permalink|translate)"
# a line of nothing but buttons and counts ends a reply
_END_OF_REPLY = re.compile(
    rf"(?:{_BUTTON})(?:(?:\s*[•·|,/]\s*|\s+)(?:{_BUTTON}))*|liked by .{{1,60}}|likelike"
    rf"|like ?loading\.*"
    r"|\(log in to reply\)|log in to (?:reply|leave a comment)|↓|↩|↵|reply ↓",
    re.IGNORECASE,
)
# how far somebody is from who copied: a word says so by itself, a number only behind a dot
_DEGREE_WORD = r"(?:1st|2nd|3rd\+?|[一二三]度\+?(?:人脉|人脈)?\+?|out of network)"
_DEGREE_NUMBER = (
    r"[123](?>(?:\s?(?:st|nde?|rd|ers?|re|de|e|ème|ª|º|°|:[ae]|\.|度|次|촌))?)\s?\+?(?:人脉|人脈)?"
)
_DEGREE = rf"(?:[•·]\s*(?:{_DEGREE_WORD}|{_DEGREE_NUMBER})(?![^\s•·]))"
_NOISE = re.compile(
    rf"(?:[•·\s]*(?:{_DEGREE_WORD})(?: degree connection)?[•·\s]*|{_DEGREE}[•·\s]*|verified"
    rf"|premium|author|autor(?:in|:in)?|verfasser(?:in|:in)?"
    rf"|auteur|autore|作者|following|follow|you|status is (?:online|reachable|offline)"
    rf"|view .{{1,90}}(?:profile|graphic link)"
    rf"|profil von .{{1,90}} anzeigen|(?:voir le|afficher le) profil d.{{1,90}}"
    rf"|(?:ver|visualizar) (?:el |o )?perfil de .{{1,90}}|visualizza il profilo di .{{1,90}}"
    rf"|profiel van .{{1,90}} (?:weergeven|bekijken)|查看.{{1,90}}(?:档案|檔案|资料|資料)"
    rf"|view profile.{{0,80}}|profile photo.{{0,60}}|graphic link|avatar|\(?{_EDITED}\)?"
    rf"|report this (?:comment|post|article)"
    r"|diesen kommentar melden|signaler ce commentaire|denunciar (?:este )?coment[aá]rio"
    r"|segnala questo commento"
    r"|举报(?:此|这条)?评论|檢舉留言|このコメントを報告する|댓글 신고|see translation"
    r"|show translation|translated.{0,40}"
    r"|…? ?(?:see|show|read) (?:more|less)|…more|\.\.\.more|load (?:more|previous) (?:comments"
    r"|replies)"
    r"|see (?:more|previous) (?:comments|replies)|show (?:more|previous) (?:comments|replies)"
    r"|most (?:relevant|recent)|(?:relevanteste|neueste)(?: zuerst)?"
    r"|(?:les )?plus (?:pertinents|récents)|más (?:relevantes|recientes)"
    r"|più (?:rilevanti|pertinenti|recenti)|mais (?:relevantes|recentes)"
    r"|meest (?:relevant|recent)|最相关|最新"
    r"|(?:weitere|mehr) kommentare (?:laden|anzeigen)"
    r"|(?:afficher|charger) (?:plus de|d.autres) commentaires|(?:cargar|ver) más comentarios"
    r"|(?:carica|mostra) altri commenti|(?:carregar|ver) mais comentários"
    r"|meer (?:commentaren|reacties) (?:laden|weergeven)|(?:加载|查看)更多评论"
    r"|open control menu.{0,80}|no alternative text.{0,60}|image preview"
    r"|your comment is awaiting moderation\.?"
    r"|post author|original poster|op|[•·|…*\-–—_\s]+)",
    re.IGNORECASE,
)
_OF_A_PERSON = re.compile(
    rf"\s*(?:[•·]\s*(?:you|author|verified|premium|following|out of network).*|{_DEGREE}.*"
    r"|,? (?:1st|2nd|3rd\+) degree.*"
    r"|\((?:he|she|they|er|sie|il|elle)/.{1,20}\)|✓|☑️?)+\s*$",
    re.IGNORECASE,
)
_PERSON_AND_ROLE = re.compile(
    rf"(?P<name>[^•·]{{1,80}}?)\s*{_DEGREE}\s+(?P<role>\S.*)", re.IGNORECASE
)
_SAYS = re.compile(
    r"(?P<name>\S.{0,90}?)(?:\s+(?:on|at|am|le"
    r"|el)\s+(?P<date>[^:]{0,30}\d[^:]*(?::\d\d)?[^:]{0,12}))?"
    r"\s+(?:says|said|wrote|commented|replied|sagt|schreibt|schrieb|dit|a dit|dice|dijo|disse|zegt"
    r"|schreef|säger|siger|sier)"
    r"\s*(?:on\s+(?P<later>.{0,40}))?:?",
    re.IGNORECASE,
)
_NUMBER = r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eine?|un|une|uno|una|één)"
_HEADING = re.compile(
    rf"(?:{_NUMBER} )?(?:thoughts?|comments?|repl(?:y|ies)|responses?|gedanken?|kommentare?"
    r"|commentaires?|réponses?|comentarios?|respuestas?|comment[oi]|risposte|reacties?|svar)"
    r" (?:on|to|zu|sur|à|en|a|su|op|till|på) (?P<title>(?!.*(?:comment|reply)$)\S.{0,200})"
    rf"|{_NUMBER} (?:thoughts?|comments?|responses?|kommentare?|commentaires?|comentarios?"
    r"|commenti|reacties|kommentarer)"
    r"|(?:all )?comments|responses|kommentare|commentaires|comentarios|commenti|reacties"
    r"|(?:\d+\s*)?(?:条评论|則留言|件のコメント|개의 댓글|评论|コメント|댓글)",
    re.IGNORECASE,
)
# a form that signs a reader in, or takes a comment; what follows belongs to it
_FORM = re.compile(
    r"(?:leave (?:a|your) (?:reply|comment)|add a (?:comment|reply)|post a comment"
    r"|write a (?:comment|reply)|cancel reply"
    r"|join the (?:conversation|discussion)|have your say|to view or add a comment"
    r"|sign in to (?:comment|view|like)"
    r"|log ?in or (?:provide|sign)|log in to (?:write|leave|post)|you must be logged in"
    r"|please log ?in"
    r"|fill in your details below|enter your comment here|you are commenting using"
    r"|\(?\s?log out\s?/|connecting to %s"
    r"|notify me of (?:new|follow)|your (?:email|e-mail) address will not be published"
    r"|required fields are marked"
    r"|save my name,? email|this site uses akismet|email me new (?:posts|comments)"
    r"|email \(?(?:required|address never)"
    r"|name \(?required|already have a wordpress\.com account|sign me up|subscribe to (?:this|the"
    r"|our)|enter your (?:email|password)"
    r"|create a free website|blog at wordpress\.com|powered by wordpress|loading comments"
    r"|post comment$|comment ?\*?$|website$"
    r"|name ?\*?$|email ?\*?$|Δ$|cancel$|instantly daily weekly$|continue with|forgot password"
    r"|new to linkedin|join (?:now|linkedin)"
    r"|by clicking (?:continue|agree)|agree & join|explore topics|others also viewed"
    r"|more articles by|recommended by linkedin"
    r"|hinterlasse(?:n sie)? (?:eine antwort|einen kommentar)|schreibe einen kommentar"
    r"|laisser un commentaire|laissez un commentaire"
    r"|deja un(?:a respuesta| comentario)|deixe (?:um comentário|uma resposta)|lascia un commento"
    r"|geef een reactie"
    r"|(?:要|如要)?查看或(?:添加|新增)评论|登录|发表评论|コメントを残す|コメントするには)",
    re.IGNORECASE,
)

_LONGEST = 200  # characters of a line that can be one of these


def is_end_of_reply(text: str) -> bool:
    """Whether a line has nothing but buttons and counts."""
    return len(text) <= _LONGEST and bool(_END_OF_REPLY.fullmatch(text))


def is_noise(text: str) -> bool:
    """Whether a line says nothing of the reply or of who wrote it."""
    return len(text) <= _LONGEST and bool(_NOISE.fullmatch(text))


def is_form(text: str) -> bool:
    """Whether a form begins here that signs a reader in, or takes a comment."""
    return bool(_FORM.match(text[:_LONGEST]))


def heading(text: str) -> re.Match[str] | None:
    """The heading above all replies, with the `title` of the post if it has that."""
    return _HEADING.fullmatch(text) if len(text) <= _LONGEST else None


def age(text: str) -> re.Match[str] | None:
    """How long ago a reply was written, with the `head` that stands before it."""
    return _AGE.fullmatch(text) if len(text) <= _LONGEST else None


def says(text: str) -> re.Match[str] | None:
    """A line such as 'Jane Doe says:', with `name`, and `date` if it has one."""
    return _SAYS.fullmatch(text) if len(text) <= _LONGEST else None


def person_and_role(text: str) -> re.Match[str] | None:
    """A line such as 'Jane Doe • 2nd Head of Desk', with `name` and `role`."""
    return _PERSON_AND_ROLE.fullmatch(text) if len(text) <= _LONGEST else None


def name_in(text: str) -> str:
    """A name without what a page puts behind it."""
    return _OF_A_PERSON.sub("", text[:_LONGEST]).strip(" ·•|,")
