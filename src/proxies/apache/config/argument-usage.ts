import { MODULE_USAGE } from "./module-usage.ts";

/**
 * What httpd 2.4.71 appends to its complaint about a wrong number of arguments: program output, reproduced so that
 * `lbsim check` says what httpd says. Here the directives of the server and of proxying.
 */
const USAGE = `
  order: 'allow,deny', 'deny,allow', or 'mutual-failure'
  allow: 'from' followed by hostnames or IP-address wildcards
  deny: 'from' followed by hostnames or IP-address wildcards
  Satisfy: access policy if both allow and require used ('all' or 'any')
  Alias: a fakename and a realname, or a realname in a Location
  ScriptAlias: a fakename and a realname, or a realname in a Location
  Redirect: an optional status, then document to be redirected and destination URL
  AliasMatch: a regular expression and a filename
  ScriptAliasMatch: a regular expression and a filename
  RedirectMatch: an optional status, then a regular expression and destination URL
  RedirectTemp: a document to be redirected, then the destination URL
  RedirectPermanent: a document to be redirected, then the destination URL
  AuthMerging: controls how a <Directory>, <Location>, or similar directive's authorization directives are combined with those of its predecessor
  AddDefaultCharset: The name of the default charset to add to any Content-Type without one or 'Off' to disable
  AcceptPathInfo: Set to on or off for PATH_INFO to be accepted by handlers, or default for the per-handler preference
  Define: Define a variable, optionally to a value.  Same as passing -D to the command line.
  UnDefine: Undefine the existence of a variable. Undo a Define.
  DocumentRoot: Root directory of the document tree
  ErrorDocument: Change responses for HTTP errors
  DefaultType: the default media type for otherwise untyped files (DEPRECATED)
  EnableMMAP: Controls whether memory-mapping may be used to read files
  EnableSendfile: Controls whether sendfile may be used to transmit files
  ReadBufferSize: Size (in bytes) of the memory buffers used to read data
  FlushMaxThreshold: Maximum threshold above which pending data are flushed to the network
  FlushMaxPipelined: Maximum number of pipelined responses (pending) above which they are flushed to the network
  Protocol: Set the Protocol for httpd to use.
  AcceptFilter: Set the Accept Filter to use for a protocol
  Port: Port was replaced with Listen in Apache 2.0
  HostnameLookups: "on" to enable, "off" to disable reverse DNS lookups, or "double" to enable double-reverse DNS lookups
  ServerAdmin: The email address of the server administrator
  ServerName: The hostname and port of the server
  ServerSignature: En-/disable server signature (on|off|email)
  ServerRoot: Common directory of server-related files (logs, confs, etc.)
  ErrorLog: The filename of the error log
  ErrorLogFormat: Format string for the ErrorLog
  ServerPath: The pathname the server can be reached at
  Timeout: Timeout duration (sec)
  UseCanonicalName: How to work out the ServerName : Port when constructing URLs
  UseCanonicalPhysicalPort: Whether to use the physical Port when constructing URLs
  Include: Name(s) of the config file(s) to be included; fails if the wildcard does not match at least one file
  IncludeOptional: Name or pattern of the config file(s) to be included; ignored if the file does not exist or the pattern does not match any files
  LogLevel: Level of verbosity in error logging
  NameVirtualHost: A numeric IP address:port, or the name of a host
  ServerTokens: Determine tokens displayed in the Server: header - Min(imal), Major, Minor, Prod(uctOnly), OS, or Full
  LimitRequestLine: Limit on maximum size of an HTTP request line
  LimitRequestFieldsize: Limit on maximum size of an HTTP request header field
  LimitRequestFields: Limit (0 = unlimited) on max number of header fields in a request message
  LimitRequestBody: Limit (in bytes) on maximum size of request message body
  LimitXMLRequestBody: Limit (in bytes) on maximum size of an XML-based request body
  MaxRanges: Maximum number of Ranges in a request before returning the entire resource, or 0 for unlimited
  MaxRangeOverlaps: Maximum number of overlaps in Ranges in a request before returning the entire resource, or 0 for unlimited
  MaxRangeReversals: Maximum number of reversals in Ranges in a request before returning the entire resource, or 0 for unlimited
  RLimitCPU: Soft/hard limits for max CPU usage in seconds
  RLimitMEM: Soft/hard limits for max memory usage per process
  RLimitNPROC: soft/hard limits for max number of processes per uid
  LimitInternalRecursion: maximum recursion depth of internal redirects and subrequests
  CGIVar: Controls how some CGI variables are set
  ForceType: a mime type that overrides other configured type
  SetHandler: a handler name that overrides any other configured handler
  SetOutputFilter: filter (or ; delimited list of filters) to be run on the request content
  SetInputFilter: filter (or ; delimited list of filters) to be run on the request body
  AllowEncodedSlashes: Allow URLs containing '/' encoded as '%2F'
  ScoreBoardFile: A file for Apache to maintain runtime process management information
  PidFile: A file for logging the server process ID
  MaxRequestsPerChild: Maximum number of connections a particular child serves before dying. (DEPRECATED, use MaxConnectionsPerChild)
  MaxConnectionsPerChild: Maximum number of connections a particular child serves before dying.
  CoreDumpDirectory: The location of the directory Apache changes to before dumping core
  MaxMemFree: Maximum number of 1k blocks a particular child's allocator may hold.
  ThreadStackSize: Size in bytes of stack used by threads handling client connections
  TraceEnable: 'on' (default), 'off' or 'extended' to trace request body content
  Protocols: Controls which protocols are allowed
  ProtocolsHonorOrder: 'off' (default) or 'on' to respect given order of protocols, by default the client specified order determines selection
  HttpProtocolOptions: 'Allow0.9' or 'Require1.0' (default); 'RegisteredMethods' or 'LenientMethods' (default); 'Unsafe' or 'Strict' (default). Sets HTTP acceptance rules
  RegisterHttpMethod: Registers non-standard HTTP methods
  FallbackResource: Set a default handler
  DirectoryIndexRedirect: On, Off, or a 3xx status code.
  PassEnv: a list of environment variables to pass to CGI.
  SetEnv: an environment variable name and optional value to pass to CGI.
  UnsetEnv: a list of variables to remove from the CGI environment.
  HeartbeatAddress: Address to send heartbeat requests
  HeartbeatListen: Address to listen for heartbeat requests
  HeartbeatStorage: Path to read heartbeat data.
  HeartbeatMaxServers: Max number of servers when using slotmem (instead file) to store heartbeat data.
  KeepAliveTimeout: Keep-Alive timeout duration (sec)
  MaxKeepAliveRequests: Maximum number of Keep-Alive requests per connection, or 0 for infinite
  CustomLog: a file name, a custom log format string or format name, and an optional "env=" or "expr=" clause (see docs)
  GlobalLog: Same as CustomLog, but forces virtualhosts to inherit the log
  TransferLog: the filename of the access log
  LogFormat: a log format string (see docs) and an optional format name
  UndefMacro: Remove a macro definition.
  AddCharset: a charset (e.g., iso-2022-jp), followed by one or more file extensions
  AddEncoding: an encoding (e.g., gzip), followed by one or more file extensions
  AddHandler: a handler name followed by one or more file extensions
  AddInputFilter: input filter name (or ; delimited names) followed by one or more file extensions
  AddLanguage: a language (e.g., fr), followed by one or more file extensions
  AddOutputFilter: output filter name (or ; delimited names) followed by one or more file extensions
  AddType: a mime type followed by one or more file extensions
  DefaultLanguage: language to use for documents with no other language file extension
  MultiviewsMatch: NegotiatedOnly (default), Handlers and/or Filters, or Any
  RemoveCharset: one or more file extensions
  RemoveEncoding: one or more file extensions
  RemoveHandler: one or more file extensions
  RemoveInputFilter: one or more file extensions
  RemoveLanguage: one or more file extensions
  RemoveOutputFilter: one or more file extensions
  RemoveType: one or more file extensions
  TypesConfig: the MIME types config file
  AsyncRequestWorkerFactor: How many additional connects will be accepted per idle worker thread
  ProxyRemote: a scheme, partial URL or '*' and a proxy server
  ProxyRemoteMatch: a regex pattern and a proxy server
  ProxyPassReverse: a virtual path and a URL for reverse proxy behaviour
  ProxyPassReverseCookiePath: Path rewrite rule for proxying cookies
  ProxyPassReverseCookieDomain: Domain rewrite rule for proxying cookies
  ProxyBlock: A list of names, hosts or domains to which the proxy will not connect
  ProxyReceiveBufferSize: Receive buffer size for outgoing HTTP and FTP connections in bytes
  ProxyIOBufferSize: IO buffer size for outgoing HTTP and FTP connections in bytes
  ProxyMaxForwards: The maximum number of proxies a request may be forwarded through.
  NoProxy: A list of domains, hosts, or subnets to which the proxy will connect directly
  ProxyDomain: The default intranet domain name (in absence of a domain in the URL)
  ProxyVia: Configure Via: proxy header header to one of: on | off | block | full
  ProxyErrorOverride: use our error handling pages instead of the servers' we are proxying
  ProxyTimeout: Set the timeout (in seconds) for a proxied connection. This overrides the server timeout
  ProxyBadHeader: How to handle bad header line in response: IsError | Ignore | StartBody
  BalancerGrowth: Number of additional Balancers that can be added post-config
  ProxyStatus: Configure Status: proxy status to one of: on | off | full
  ProxySourceAddress: Configure local source IP used for request forward
  AllowCONNECT: A list of ports or port ranges which CONNECT may connect to
  ProxyExpressDBMFile: Location of ProxyExpressDBMFile file
  ProxyExpressDBMType: Type of ProxyExpressDBMFile file
  ProxyFCGIBackendType: Specify the type of FastCGI server: 'Generic', 'FPM'
  ProxyFCGISetEnvIf: expr-condition env-name expr-value
  ProxyFtpDirCharset: Define the character set for proxied FTP listings
  ProxyHCTPsize: Set size of health check thread pool
  ProxyHTMLEvents: Strings to be treated as scripting events
  ProxyHTMLLinks: Declare HTML Attributes
  ProxyHTMLDoctype: (HTML|XHTML) [Legacy]
  ProxyHTMLFixups: Options are lowercase, dospath
  ProxyHTMLBufSize: Buffer size
  ProxyHTMLCharsetOut: Usage: ProxyHTMLCharsetOut charset
  ProxySCGISendfile: The name of the X-Sendfile pseudo response header or On or Off
  ProxySCGIInternalRedirect: The name of the pseudo response header or On or Off
  RemoteIPHeader: Specifies a request header to trust as the client IP, e.g. X-Forwarded-For
  RemoteIPProxiesHeader: Specifies a request header to record proxy IP's, e.g. X-Forwarded-By; if not given then do not record
  RemoteIPTrustedProxy: Specifies one or more proxies which are trusted to present IP headers
  RemoteIPInternalProxy: Specifies one or more internal (transparent) proxies which are trusted to present IP headers
  RemoteIPTrustedProxyList: The filename to read the list of trusted proxies, see the RemoteIPTrustedProxy directive
  RemoteIPInternalProxyList: The filename to read the list of internal proxies, see the RemoteIPInternalProxy directive
  RewriteOptions: List of option strings to set
  RewriteBase: the base URL of the per-directory context
  RewriteMap: a mapname and a filename and options
  LoadModule: a module name and the name of a shared object file to load it from
  LoadFile: shared object file or library to load into the server at runtime
  User: Effective user id for this server
  Group: Effective group id for this server
  ChrootDir: The directory to chroot(2) into
  WatchdogInterval: Watchdog interval in seconds
  ServerAlias: A name or names alternately used to access the server
  Listen: A port number or a numeric IP address and a port number, and an optional protocol
  SetEnvIf: A header-name, regex and a list of variables.
  SetEnvIfNoCase: a header-name, regex and a list of variables.
  BrowserMatch: A browser regex and a list of variables.
  SSLProxyCheckPeerName: SSL Proxy: check the peer certificate's name (must be present in subjectAltName extension or CN
  SSLProxyCheckPeerCN: SSL Proxy: check the peer certificate's CN
  SSLProxyCheckPeerExpire: SSL Proxy: check the peer certificate's expiration date
  RewriteRule: an URL-applied regexp-pattern and a substitution URL
  RewriteCond: an input string and a to be applied regexp-pattern
  DirectoryIndex: a list of file names
  AddOutputFilterByType: output filter name followed by one or more content-types
  Use: Use of a macro.
`;

const TEXTS: ReadonlyMap<string, string> = new Map(
  [...USAGE.split("\n"), ...MODULE_USAGE.split("\n")].flatMap((line) => {
    const colon = line.indexOf(": ");
    return colon < 0 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 2)] as const];
  }),
);

/** The tail of the complaint, or null when lbsim does not know it. */
export function usageOf(name: string): string | null {
  return TEXTS.get(name) ?? null;
}
