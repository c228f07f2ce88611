// An article that tries what pages are attacked with, and an ordinary one for the live update.

const HUGE_WORD = 'Donaudampfschifffahrt'.repeat(400);

export const hostileArticle = {
  id: 'hostile-1',
  url: 'javascript:document.title="owned"',
  outlet: '<img src=x onerror="document.title=\'owned\'">',
  title: '</title><script>document.title="owned"</script><svg onload=document.title="owned"> & "quotes" \' {@html}',
  published: '2017-07-01',
  text: [
    'Qatar accused <script>document.title="owned"</script> Saudi Arabia of <b onmouseover="document.title=\'owned\'">aggression</b> on Friday.',
    `The minister of ${HUGE_WORD} rejected the demands of Egypt on Thursday.`,
    'قال وزير الخارجية \u202e إن السعودية هددت قطر \u202c. Egypt threatened Qatar, officials said. שלום <div><table><p>',
    // Written so that it comes out of the reading of HTML as text with tags in it.
    'Egypt accused &lt;b onmouseover="document.title=1"&gt;Qatar&lt;/b&gt; of &lt;script&gt;document.title=1&lt;/script&gt; on Friday.',
    '<iframe src="https://example.invalid/"></iframe> <!-- <![CDATA[ ]]> --> </p></div></body></html>',
    '{{constructor.constructor("document.title=1")()}} ${document.title} %3Cscript%3E \u0000\ufffd 🏴‍☠️🇺🇦 e\u0301',
  ].join('\n\n'),
};

export const newsArticle = {
  id: 'live-1',
  url: 'https://meridian-wire.example/2017/07/06/live',
  outlet: 'Meridian Wire',
  title: 'Norway expels two Danish envoys',
  published: '2017-07-06',
  text: 'OSLO - Norway expelled two Danish envoys on Thursday. Denmark condemned the decision. The Danish prime minister will visit Oslo on Monday, officials said.',
};
