/** What a site pastes, with host and inbox filled in. */
export interface Snippet {
  /** Whose; ours is `chat-widget`. */
  readonly name: string;
  readonly code: string;
}

/** The same id in HTML, in a URL and in a script: what is none of `\w-.~` is refused by the server. */
const safe = encodeURIComponent;

/** Ours, for any page. */
export function ownSnippet(server: string, inbox: string): string {
  return [
    `<script type="module" async src="${server}/chat/${safe(inbox)}.js"></script>`,
    '<chat-widget></chat-widget>',
  ].join('\n');
}

/** Ours, for a site with a bundler. */
export function packageSnippet(server: string, inbox: string): string {
  return [
    'npm install chat-widget-element',
    '',
    "import 'chat-widget-element';",
    '',
    `<chat-widget server="${server}" inbox="${safe(inbox)}"></chat-widget>`,
  ].join('\n');
}

/**
 * The installation snippets of the five chats whose APIs are spoken, in the shape that each vendor documents, with our
 * host in the place of theirs.
 */
export function dropInSnippets(server: string, inbox: string): readonly Snippet[] {
  const id = safe(inbox);
  return [
    {
      name: 'Herodesk',
      code: `<script src="${server}/livechat.js?wid=${id}"></script>`,
    },
    {
      name: 'Front Chat',
      code: [
        `<script src="${server}/v1/chat.bundle.js"></script>`,
        '<script>',
        `  window.FrontChat('init', { chatId: '${id}', useDefaultLauncher: true });`,
        '</script>',
      ].join('\n'),
    },
    {
      name: 'Libredesk',
      code: [
        '<script>',
        '  window.LibredeskSettings = {',
        `    baseURL: '${server}',`,
        `    inboxID: '${id}'`,
        '  };',
        '</script>',
        `<script async src="${server}/widget.js"></script>`,
      ].join('\n'),
    },
    {
      name: 'HubSpot',
      code: `<script type="text/javascript" id="hs-script-loader" async defer src="${server}/${id}.js"></script>`,
    },
    {
      name: 'Chaport',
      code: [
        '<script type="text/javascript">',
        '(function(w,d,v3){',
        `w.chaportConfig = { appId : '${id}' };`,
        "if(w.chaport)return;v3=w.chaport={};v3._q=[];v3._l={};v3.q=function(){v3._q.push(arguments)};v3.on=function(e,fn){if(!v3._l[e])v3._l[e]=[];v3._l[e].push(fn)};var s=d.createElement('script');s.type='text/javascript';s.async=true;" +
          `s.src='${server}/javascripts/insert.js';` +
          "var ss=d.getElementsByTagName('script')[0];ss.parentNode.insertBefore(s,ss)})(window, document);",
        '</script>',
      ].join('\n'),
    },
  ];
}
