/** As in argument-usage.ts: the directives of modules that have little to do with proxying. */
export const MODULE_USAGE = `
  Action: a media type followed by a script name
  Script: a method followed by a script name
  AuthBasicProvider: specify the auth providers for a directory or location
  AuthBasicFake: Fake basic authentication using the given expressions for username and password, 'off' to disable. Password defaults to 'password' if missing.
  AuthBasicUseDigestAlgorithm: Set to 'MD5' to use the auth provider's authentication check for digest auth, using a hash of 'user:realm:pass'
  AuthDigestProvider: specify the auth providers for a directory or location
  AuthDigestQop: A list of quality-of-protection options
  AuthDigestNonceLifetime: Maximum lifetime of the server nonce (seconds)
  AuthDigestAlgorithm: The algorithm used for the hash calculation
  AuthDigestDomain: A list of URI's which belong to the same protection space as the current URI
  AuthDigestShmemSize: The amount of shared memory to allocate for keeping track of clients
  AuthFormProvider: specify the auth providers for a directory or location
  AuthFormUsername: The field of the login form carrying the username
  AuthFormPassword: The field of the login form carrying the password
  AuthFormLocation: The field of the login form carrying the URL to redirect on successful login.
  AuthFormMethod: The field of the login form carrying the original request method.
  AuthFormMimetype: The field of the login form carrying the original request mimetype.
  AuthFormBody: The field of the login form carrying the urlencoded original request body.
  AuthFormSize: Maximum size of body parsed by the form parser
  AuthFormLoginRequiredLocation: If set, redirect the browser to this URL rather than return 401 Not Authorized.
  AuthFormLoginSuccessLocation: If set, redirect the browser to this URL when a login processed by the login handler is successful.
  AuthFormLogoutLocation: The URL of the logout successful page. An attempt to access an URL handled by the handler form-logout-handler will result in an redirect to this page after logout.
  AuthFormSitePassphrase: If set, use this passphrase to determine whether the user should be authenticated. Bypasses the user authentication check on every website hit, and is useful for high traffic sites.
  Anonymous: a space-separated list of user IDs
  AuthType: an HTTP authorization type (e.g., "Basic")
  AuthName: the authentication realm (e.g. "Members Only")
  AuthDBMUserFile: dbm database file containing user IDs and passwords
  AuthDBMType: what type of DBM file the user file is
  AuthUserFile: text file containing user IDs and passwords
  AuthnCacheSOCache: socache provider for authn cache
  AuthnCacheProvideFor: Determine what authn providers to cache for
  AuthnCacheTimeout: Timeout (secs) for cached credentials
  AuthnCacheContext: Context for authn cache
  AuthDBMGroupFile: database file containing group names and member user IDs
  AuthzDBMType: what type of DBM file the group file is
  AuthGroupFile: text file containing group names and member user IDs
  AddIcon: an icon URL followed by one or more filenames
  AddIconByType: an icon URL followed by one or more MIME types
  AddIconByEncoding: an icon URL followed by one or more content encodings
  AddAlt: alternate descriptive text followed by one or more filenames
  AddAltByType: alternate descriptive text followed by one or more MIME types
  AddAltByEncoding: alternate descriptive text followed by one or more content encodings
  IndexOrderDefault: {Ascending,Descending} {Name,Size,Description,Date}
  IndexIgnore: one or more file extensions
  AddDescription: Descriptive text followed by one or more filenames
  HeaderName: a filename
  ReadmeName: a filename
  DefaultIcon: an icon URL
  IndexStyleSheet: URL to style sheet
  IndexHeadInsert: String to insert in HTML HEAD section
  BrotliFilterNote: Set a note to report on compression ratio
  BrotliCompressionQuality: Compression quality between 0 and 11 (higher quality means slower compression)
  BrotliCompressionWindow: Sliding window size between 10 and 24 (larger windows can improve compression, but require more memory)
  BrotliCompressionMaxInputBlock: Maximum input block size between 16 and 24 (larger block sizes require more memory)
  BrotliAlterETag: Set how mod_brotli should modify ETag response headers: 'AddSuffix' (default), 'NoChange', 'Remove'
  BufferSize: Maximum size of the buffer used by the buffer filter
  CacheEnable: A cache type and partial URL prefix below which caching is enabled
  CacheDisable: A partial URL prefix below which caching is disabled
  CacheMaxExpire: The maximum time in seconds to cache a document
  CacheMinExpire: The minimum time in seconds to cache a document
  CacheDefaultExpire: The default time in seconds to cache a document
  CacheIgnoreHeaders: A space separated list of headers that should not be stored by the cache
  CacheIgnoreURLSessionIdentifiers: A space separated list of session identifiers that should be ignored for creating the key of the cached entity.
  CacheLastModifiedFactor: The factor used to estimate Expires date from LastModified date
  CacheLockPath: The thundering herd lock path. Defaults to the '/mod_cache-lock' directory in the system temp directory.
  CacheLockMaxAge: Maximum age of any thundering herd lock.
  CacheKeyBaseURL: Override the base URL of reverse proxied cache keys.
  CacheRoot: The directory to store cache files
  CacheDirLevels: The number of levels of subdirectories in the cache
  CacheDirLength: The number of characters in subdirectory names
  CacheMinFileSize: The minimum file size to cache a document
  CacheMaxFileSize: The maximum file size to cache a document
  CacheReadSize: The maximum quantity of data to attempt to read and cache in one go
  CacheReadTime: The maximum time taken to attempt to read and cache in go
  CacheSocache: The shared object cache to store cache files
  CacheSocacheMaxTime: The maximum cache expiry age to cache a document in seconds
  CacheSocacheMinTime: The minimum cache expiry age to cache a document in seconds
  CacheSocacheMaxSize: The maximum cache entry size (headers and body) to cache a document
  CacheSocacheReadSize: The maximum quantity of data to attempt to read and cache in one go
  CacheSocacheReadTime: The maximum time taken to attempt to read and cache in go
  MetaDir: the name of the directory containing meta files
  MetaSuffix: the filename suffix for meta files
  ScriptLog: the name of a log for script debugging info
  ScriptLogLength: the maximum length (in bytes) of the script debug log
  ScriptLogBuffer: the maximum size (in bytes) to record of a POST request
  ScriptSock: the name of the socket to use for communication with the cgi daemon.
  CGIDScriptTimeout: The amount of time to wait between successful reads from the CGI script, in seconds.
  CharsetSourceEnc: source (html,cgi,ssi) file charset
  CharsetDefault: name of default charset
  CharsetOptions: valid options: ImplicitAdd, NoImplicitAdd, TranslateAllMimeTypes, NoTranslateAllMimeTypes
  DeflateFilterNote: Set a note to report on compression ratio
  DeflateWindowSize: Set the Deflate window size (1-15)
  DeflateBufferSize: Set the Deflate Buffer Size
  DeflateMemLevel: Set the Deflate Memory Level (1-9)
  DeflateCompressionLevel: Set the Deflate Compression Level (1-9)
  DeflateInflateLimitRequestBody: Set a limit on size of inflated input
  DeflateInflateRatioLimit: Set the inflate ratio limit above which inflation is aborted (default: 200)
  DeflateInflateRatioBurst: Set the maximum number of following inflate ratios above limit (default: 3)
  DeflateAlterEtag: Set how mod_deflate should modify ETAG response headers: 'AddSuffix' (default), 'NoChange' (2.2.x behavior), 'Remove'
  ExpiresByType: a MIME type followed by an expiry date code
  ExpiresDefault: an expiry date code
  ExtFilterOptions: valid options: LogStderr, NoLogStderr
  cachefile: A space separated list of files to add to the file handle cache at config time
  mmapfile: A space separated list of files to mmap at config time
  FilterDeclare: filter-name [filter-type]
  FilterProvider: filter-name provider-name match-expression
  FilterChain: list of filter names with optional [+-=!@]
  FilterTrace: filter-name debug-level
  FilterProtocol: filter-name [provider-name] protocol-args
  H2MaxSessionStreams: maximum number of open streams per session
  H2WindowSize: window size on client DATA
  H2MinWorkers: minimum number of worker threads per child
  H2MaxWorkers: maximum number of worker threads per child
  H2MaxWorkerIdleSeconds: maximum number of idle seconds before a worker shuts down
  H2StreamMaxMemSize: maximum number of bytes buffered in memory for a stream
  H2SerializeHeaders: disabled, this directive has no longer an effect.
  H2ModernTLSOnly: off to not impose RFC 7540 restrictions on TLS
  H2Upgrade: on to allow HTTP/1 Upgrades to h2/h2c
  H2Direct: on to enable direct HTTP/2 mode
  H2SessionExtraFiles: number of extra file a session might keep open (obsolete)
  H2TLSWarmUpSize: number of bytes on TLS connection before doing max writes
  H2TLSCoolDownSecs: seconds of idle time on TLS before shrinking writes
  H2Push: off to disable HTTP/2 server push
  H2PushPriority: define priority of PUSHed resources per content type
  H2PushDiarySize: size of push diary
  H2CopyFiles: on to perform copy of file data
  H2PushResource: add a resource to be pushed in this location/on this server.
  H2EarlyHints: on to enable interim status 103 responses
  H2Padding: set payload padding
  H2OutputBuffering: set stream output buffer on/off
  H2StreamTimeout: set stream timeout
  H2MaxDataFrameLen: maximum number of bytes in a single HTTP/2 DATA frame
  H2MaxHeaderBlockLen: maximum number of bytes in a response header block
  H2MaxStreamErrors: maximum number of flow control errors tolerated
  H2EarlyHint: add a a 'Link:' header for a 103 Early Hints response.
  H2ProxyRequests: Enables forward proxy requests via HTTP/2
  H2WebSockets: off to disable WebSockets over HTTP/2
  XBitHack: Off, On, or Full
  SSIErrorMsg: a string
  SSITimeFormat: a strftime(3) formatted string
  SSIStartTag: SSI Start String Tag
  SSIEndTag: SSI End String Tag
  SSIUndefinedEcho: String to be displayed if an echoed variable is undefined
  AddModuleInfo: a module name and additional information on that module
  LogMessage: Log a debug message to the error log if this config block is used for  a request
  ForensicLog: the filename of the forensic log
  ListenBacklog: Maximum length of the queue of pending connections, as used by listen(2)
  ListenCoresBucketsRatio: Ratio between the number of CPU cores (online) and the number of listeners buckets
  SendBufferSize: Send buffer size in bytes
  ReceiveBufferSize: Receive buffer size in bytes
  ListenTCPDeferAccept: Value set for the socket option TCP_DEFER_ACCEPT if it is set
  StartServers: Number of child processes launched at server startup
  ServerLimit: Maximum number of child processes for this run of Apache
  MinSpareThreads: Minimum number of idle threads, to handle request spikes
  MaxSpareThreads: Maximum number of idle threads
  MaxClients: Deprecated name of MaxRequestWorkers
  MaxRequestWorkers: Maximum number of threads alive at the same time
  ThreadsPerChild: Number of threads each child creates
  ThreadLimit: Maximum number of worker threads per child process for this run of Apache - Upper limit for ThreadsPerChild
  GracefulShutdownTimeout: Maximum time in seconds to wait for child processes to complete transactions during shutdown
  LanguagePriority: space-delimited list of MIME language abbreviations
  ForceLanguagePriority: Force LanguagePriority elections, either None, or Fallback and/or Prefer
  ReflectorHeader: Header to reflect back in the response, with an optional new name.
  KeptBodySize: Maximum size of request bodies kept aside for use by filters
  OutputSed: Sed regular expression for Response
  InputSed: Sed regular expression for Request
  SessionMaxAge: length of time for which a session should be valid. Zero to disable
  SessionHeader: output header, if present, whose contents will be injected into the session.
  SessionInclude: URL prefixes to include in the session. Defaults to all URLs
  SessionExclude: URL prefixes to exclude from the session. Defaults to no URLs
  SessionExpiryUpdateInterval: time interval for which a session's expiry time may change without having to be rewritten. Zero to disable
  SessionCryptoPassphrase: The passphrase(s) used to encrypt the session. First will be used for encryption, all phrases will be accepted for decryption
  SessionCryptoPassphraseFile: File containing passphrase(s) used to encrypt the session, one per line. First will be used for encryption, all phrases will be accepted for decryption
  SessionCryptoCipher: The underlying crypto cipher to use
  MemcacheConnTTL: TTL used for the connection with the memcache server(s)
  RedisConnPoolTTL: TTL used for the connection pool with the Redis server(s)
  RedisTimeout: R/W timeout used for the connection with the Redis server(s)
  SSLPassPhraseDialog: SSL dialog mechanism for the pass phrase query ('builtin', '|/path/to/pipe_program', or 'exec:/path/to/cgi_program')
  SSLSessionCache: SSL Session Cache storage ('none', 'nonenotnull', 'dbm:/path/to/file')
  SSLCryptoDevice: SSL external Crypto Device usage ('builtin', '...')
  SSLRandomSeed: SSL Pseudo Random Number Generator (PRNG) seeding source ('startup|connect builtin|file:/path|exec:/path [bytes]')
  SSLVHostSNIPolicy: SSL VirtualHost SNI compatibility policy setting
  SSLEngine: SSL switch for the protocol engine ('on', 'off')
  SSLCipherSuite: Colon-delimited list of permitted SSL Ciphers, optional preceded by protocol identifier ('XXX:...:XXX' - see manual)
  SSLCertificateFile: SSL Server Certificate file ('/path/to/file' - PEM or DER encoded)
  SSLCertificateKeyFile: SSL Server Private Key file ('/path/to/file' - PEM or DER encoded)
  SSLCertificateChainFile: SSL Server CA Certificate Chain file ('/path/to/file' - PEM encoded)
  SSLSessionTicketKeyFile: TLS session ticket encryption/decryption key file (RFC 5077) ('/path/to/file' - file with 48 bytes of random data)
  SSLCACertificatePath: SSL CA Certificate path ('/path/to/dir' - contains PEM encoded files)
  SSLCACertificateFile: SSL CA Certificate file ('/path/to/file' - PEM encoded)
  SSLCADNRequestPath: SSL CA Distinguished Name path ('/path/to/dir' - symlink hashes to PEM of acceptable CA names to request)
  SSLCADNRequestFile: SSL CA Distinguished Name file ('/path/to/file' - PEM encoded to derive acceptable CA names to request)
  SSLCARevocationPath: SSL CA Certificate Revocation List (CRL) path ('/path/to/dir' - contains PEM encoded files)
  SSLCARevocationFile: SSL CA Certificate Revocation List (CRL) file ('/path/to/file' - PEM encoded)
  SSLVerifyClient: SSL Client verify type ('none', 'optional', 'require', 'optional_no_ca')
  SSLVerifyDepth: SSL Client verify depth ('N' - number of intermediate certificates)
  SSLSessionCacheTimeout: SSL Session Cache object lifetime ('N' - number of seconds)
  SSLUserName: Set user name to SSL variable value
  SSLSRPVerifierFile: SRP verifier file ('/path/to/file' - created by srptool)
  SSLSRPUnknownUserSeed: SRP seed for unknown users (to avoid leaking a user's existence) ('some secret text')
  SSLProxyCipherSuite: SSL Proxy: colon-delimited list of permitted SSL ciphers , optionally preceded by protocol specifier ('XXX:...:XXX' - see manual)
  SSLProxyVerify: SSL Proxy: whether to verify the remote certificate ('on' or 'off')
  SSLProxyVerifyDepth: SSL Proxy: maximum certificate verification depth ('N' - number of intermediate certificates)
  SSLProxyCACertificateFile: SSL Proxy: file containing server certificates ('/path/to/file' - PEM encoded certificates)
  SSLProxyCACertificatePath: SSL Proxy: directory containing server certificates ('/path/to/dir' - contains PEM encoded certificates)
  SSLProxyCARevocationPath: SSL Proxy: CA Certificate Revocation List (CRL) path ('/path/to/dir' - contains PEM encoded files)
  SSLProxyCARevocationFile: SSL Proxy: CA Certificate Revocation List (CRL) file ('/path/to/file' - PEM encoded)
  SSLProxyMachineCertificateFile: SSL Proxy: file containing client certificates ('/path/to/file' - PEM encoded certificates)
  SSLProxyMachineCertificatePath: SSL Proxy: directory containing client certificates ('/path/to/dir' - contains PEM encoded certificates)
  SSLProxyMachineCertificateChainFile: SSL Proxy: file containing issuing certificates of the client certificate (\`/path/to/file' - PEM encoded certificates)
  SSLRenegBufferSize: Configure the amount of memory that will be used for buffering the request body if a per-location SSL renegotiation is required due to changed access control requirements
  SSLOCSPDefaultResponder: URL of the default OCSP Responder
  SSLOCSPResponseTimeSkew: Maximum time difference in OCSP responses
  SSLOCSPResponseMaxAge: Maximum age of OCSP responses
  SSLOCSPResponderTimeout: OCSP responder query timeout
  SSLOCSPProxyURL: Proxy URL to use for OCSP requests
  SSLOCSPResponderCertificateFile: Trusted OCSP responder certificates(\`/path/to/file' - PEM encoded certificates)
  SSLStaplingCache: SSL Stapling Response Cache storage (\`dbm:/path/to/file')
  SSLStaplingResponseTimeSkew: SSL stapling option for maximum time difference in OCSP responses
  SSLStaplingResponderTimeout: SSL stapling option for OCSP responder timeout
  SSLStaplingResponseMaxAge: SSL stapling option for maximum age of OCSP responses
  SSLStaplingStandardCacheTimeout: SSL stapling option for normal OCSP Response Cache Lifetime
  SSLStaplingErrorCacheTimeout: SSL stapling option for OCSP Response Error Cache Lifetime
  SSLStaplingForceURL: SSL stapling option to Force the OCSP Stapling URL
  SSLOpenSSLConfCmd: OpenSSL configuration command
  Substitute: Pattern to filter the response content (s/foo/bar/[inf])
  SubstituteMaxLineLength: Maximum line length
  CookieExpires: an expiry date code
  CookieDomain: domain to which this cookie applies
  CookieStyle: 'Netscape', 'Cookie' (RFC2109), or 'Cookie2' (RFC2965)
  CookieName: name of the tracking cookie
  CookieSameSite: SameSite setting
  VirtualScriptAlias: how to create a ScriptAlias based on the host
  VirtualDocumentRoot: how to create the DocumentRoot based on the host
  VirtualScriptAliasIP: how to create a ScriptAlias based on the host
  VirtualDocumentRootIP: how to create the DocumentRoot based on the host
  xml2EncDefault: Usage: xml2EncDefault charset
  xml2EncAlias: EncodingAlias charset alias [more aliases]
  xml2StartParse: Ignore anything in front of the first of these elements
`;
