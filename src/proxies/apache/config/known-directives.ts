/**
 * Directives of httpd 2.4.71 and its bundled modules (facts read from the command tables of the installed program):
 * `name:contexts:arguments`, contexts as the sum of `Where`, arguments as an index of `How`.
 */
const TABLES: Readonly<Record<string, string>> = {
  access_compat: "order:1:1 allow:1:4 deny:1:4 Satisfy:8:1",
  actions: "Action:4:9 Script:192:2",
  alias: `
    Alias:192:7 ScriptAlias:192:7 Redirect:4:10 AliasMatch:128:2 ScriptAliasMatch:128:2 RedirectMatch:4:9
    RedirectTemp:4:2 RedirectPermanent:4:2 RedirectRelative:4:5 AliasPreservePath:4:5
  `,
  allowmethods: "AllowMethods:64:12",
  auth_basic: "AuthBasicProvider:8:3 AuthBasicAuthoritative:8:5 AuthBasicFake:8:7 AuthBasicUseDigestAlgorithm:8:1",
  auth_digest: `
    AuthDigestProvider:8:3 AuthDigestQop:8:3 AuthDigestNonceLifetime:8:1 AuthDigestNcCheck:8:5
    AuthDigestAlgorithm:8:1 AuthDigestDomain:8:3 AuthDigestShmemSize:128:1
  `,
  auth_form: `
    AuthFormProvider:8:3 AuthFormUsername:8:1 AuthFormPassword:8:1 AuthFormLocation:8:1 AuthFormMethod:8:1
    AuthFormMimetype:8:1 AuthFormBody:8:1 AuthFormSize:64:1 AuthFormLoginRequiredLocation:8:1
    AuthFormLoginSuccessLocation:8:1 AuthFormLogoutLocation:8:1 AuthFormSitePassphrase:8:1 AuthFormAuthoritative:8:5
    AuthFormFakeBasicAuth:8:5 AuthFormDisableNoStore:8:5
  `,
  authn_anon: `
    Anonymous:8:3 Anonymous_MustGiveEmail:8:5 Anonymous_NoUserId:8:5 Anonymous_VerifyEmail:8:5
    Anonymous_LogEmail:8:5
  `,
  authn_core: "AuthType:8:1 AuthName:8:1 <AuthnProviderAlias:128:0",
  authn_dbd: "AuthDBDUserPWQuery:64:1 AuthDBDUserRealmQuery:64:1",
  authn_dbm: "AuthDBMUserFile:8:1 AuthDBMType:8:1",
  authn_file: "AuthUserFile:8:1",
  authn_socache: `
    AuthnCacheSOCache:128:1 AuthnCacheEnable:128:0 AuthnCacheProvideFor:8:3 AuthnCacheTimeout:8:1
    AuthnCacheContext:64:1
  `,
  authnz_fcgi: "AuthnzFcgiDefineProvider:128:12 AuthnzFcgiCheckAuthnProvider:4:12",
  authnz_ldap: `
    AuthLDAPURL:8:7 AuthLDAPBindDN:8:1 AuthLDAPBindPassword:8:1 AuthLDAPBindAuthoritative:8:5
    AuthLDAPRemoteUserIsDN:8:5 AuthLDAPRemoteUserAttribute:8:1 AuthLDAPCompareDNOnServer:8:5
    AuthLDAPSubGroupAttribute:8:3 AuthLDAPSubGroupClass:8:3 AuthLDAPMaxSubGroupDepth:8:1 AuthLDAPGroupAttribute:8:3
    AuthLDAPGroupAttributeIsDN:8:5 AuthLDAPDereferenceAliases:8:1 AuthLDAPCharsetConfig:128:1
    AuthLDAPAuthorizePrefix:8:1 AuthLDAPInitialBindAsUser:8:5 AuthLDAPInitialBindPattern:8:2
    AuthLDAPSearchAsUser:8:5 AuthLDAPCompareAsUser:8:5
  `,
  authz_core: `
    <AuthzProviderAlias:128:0 Require:8:0 <RequireAll:8:0 <RequireAny:8:0 <RequireNone:8:0 AuthMerging:8:1
    AuthzSendForbiddenOnFailure:8:5
  `,
  authz_dbd: "AuthzDBDLoginToReferer:64:5 AuthzDBDQuery:64:1 AuthzDBDRedirectQuery:64:1",
  authz_dbm: "AuthDBMGroupFile:8:1 AuthzDBMType:8:1",
  authz_groupfile: "AuthGroupFile:8:1",
  autoindex: `
    AddIcon:16:4 AddIconByType:16:4 AddIconByEncoding:16:4 AddAlt:16:4 AddAltByType:16:4 AddAltByEncoding:16:4
    IndexOptions:16:12 IndexOrderDefault:16:2 IndexIgnore:16:3 IndexIgnoreReset:16:5 AddDescription:16:4
    HeaderName:16:1 ReadmeName:16:1 FancyIndexing:31:0 DefaultIcon:16:1 IndexStyleSheet:16:1 IndexHeadInsert:16:1
  `,
  brotli: `
    BrotliFilterNote:128:7 BrotliCompressionQuality:128:1 BrotliCompressionWindow:128:1
    BrotliCompressionMaxInputBlock:128:1 BrotliAlterETag:128:1
  `,
  buffer: "BufferSize:64:1",
  cache: `
    CacheEnable:192:7 CacheDisable:192:1 CacheMaxExpire:192:1 CacheMinExpire:192:1 CacheDefaultExpire:192:1
    CacheQuickHandler:128:5 CacheIgnoreNoLastMod:192:5 CacheIgnoreCacheControl:128:5 CacheStoreExpired:192:5
    CacheStorePrivate:192:5 CacheStoreNoStore:192:5 CacheIgnoreHeaders:128:3 CacheIgnoreQueryString:128:5
    CacheIgnoreURLSessionIdentifiers:128:3 CacheLastModifiedFactor:192:1 CacheLock:128:5 CacheLockPath:128:1
    CacheLockMaxAge:128:1 CacheHeader:192:5 CacheDetailHeader:192:5 CacheKeyBaseURL:128:1 CacheStaleOnError:192:5
  `,
  cache_disk: `
    CacheRoot:128:1 CacheDirLevels:128:1 CacheDirLength:128:1 CacheMinFileSize:192:1 CacheMaxFileSize:192:1
    CacheReadSize:192:1 CacheReadTime:192:1
  `,
  cache_socache: `
    CacheSocache:128:1 CacheSocacheMaxTime:192:1 CacheSocacheMinTime:192:1 CacheSocacheMaxSize:192:1
    CacheSocacheReadSize:192:1 CacheSocacheReadTime:192:1
  `,
  cern_meta: "MetaFiles:16:5 MetaDir:16:1 MetaSuffix:16:1",
  cgi: "ScriptLog:128:1 ScriptLogLength:128:1 ScriptLogBuffer:128:1 CGIScriptTimeout:192:1",
  cgid: "ScriptLog:128:1 ScriptLogLength:128:1 ScriptLogBuffer:128:1 ScriptSock:128:1 CGIDScriptTimeout:192:1",
  charset_lite: "CharsetSourceEnc:4:1 CharsetDefault:4:1 CharsetOptions:4:3",
  core: `
    <Directory:128:0 <Location:128:0 <VirtualHost:128:0 <Files:31:0 <Limit:9:0 <LimitExcept:9:0 <IfModule:287:0
    <IfDefine:287:0 <IfFile:287:0 <IfDirective:287:0 <IfSection:287:0 <DirectoryMatch:128:0 <LocationMatch:128:0
    <FilesMatch:31:0 AddDefaultCharset:4:1 AcceptPathInfo:4:1 Define:448:7 UnDefine:448:1 Error:31:0 <If:31:0
    <ElseIf:31:0 <Else:31:0 AccessFileName:128:0 DocumentRoot:128:1 ErrorDocument:4:2 AllowOverride:64:0
    AllowOverrideList:64:12 Options:2:0 DefaultType:4:1 FileETag:4:0 EnableMMAP:4:1 EnableSendfile:4:1
    ReadBufferSize:192:1 FlushMaxThreshold:128:1 FlushMaxPipelined:128:1 Protocol:128:1 AcceptFilter:128:2
    Port:128:1 HostnameLookups:192:1 ServerAdmin:128:1 ServerName:128:1 ServerSignature:31:1 ServerRoot:384:1
    DefaultRuntimeDir:384:1 ErrorLog:128:1 ErrorLogFormat:128:7 ServerAlias:128:0 ServerPath:128:1 Timeout:128:1
    ContentDigest:2:5 UseCanonicalName:192:1 UseCanonicalPhysicalPort:192:1 Include:448:1 IncludeOptional:448:1
    LogLevel:192:3 NameVirtualHost:128:1 ServerTokens:128:1 LimitRequestLine:128:1 LimitRequestFieldsize:128:1
    LimitRequestFields:128:1 LimitRequestBody:31:1 LimitXMLRequestBody:31:1 Mutex:128:0 MaxRanges:192:1
    MaxRangeOverlaps:192:1 MaxRangeReversals:192:1 RLimitCPU:31:7 RLimitMEM:31:7 RLimitNPROC:31:7
    RegexDefaultOptions:128:0 LimitInternalRecursion:128:7 CGIPassAuth:8:5 CGIVar:4:2 QualifyRedirectURL:4:5
    StrictHostCheck:128:5 ForceType:4:1 SetHandler:4:1 SetOutputFilter:4:1 SetInputFilter:4:1
    AllowEncodedSlashes:128:1 ScoreBoardFile:128:1 ExtendedStatus:128:5 SeeRequestTail:128:5 PidFile:128:1
    MaxRequestsPerChild:128:1 MaxConnectionsPerChild:128:1 CoreDumpDirectory:128:1 MaxMemFree:128:1
    ThreadStackSize:128:1 TraceEnable:128:1 MergeTrailers:128:5 Protocols:128:3 ProtocolsHonorOrder:128:1
    HttpProtocolOptions:128:3 RegisterHttpMethod:128:3 MergeSlashes:128:5
  `,
  dav: "DAV:64:1 DAVBasePath:64:1 DAVMinTimeout:192:1 DAVDepthInfinity:192:5 DAVLockDiscovery:192:5",
  dav_fs: "DAVLockDB:128:1",
  dav_lock: "DAVGenericLockDB:64:1",
  dbd: `
    DBDriver:128:1 DBDParams:128:1 DBDPersist:128:5 DBDPrepareSQL:128:7 DBDInitSQL:128:1 DBDMin:128:1 DBDKeep:128:1
    DBDMax:128:1 DBDExptime:128:1
  `,
  deflate: `
    DeflateFilterNote:128:7 DeflateWindowSize:128:1 DeflateBufferSize:128:1 DeflateMemLevel:128:1
    DeflateCompressionLevel:128:1 DeflateInflateLimitRequestBody:31:1 DeflateInflateRatioLimit:31:1
    DeflateInflateRatioBurst:31:1 DeflateAlterEtag:128:1
  `,
  dir: `
    FallbackResource:16:1 DirectoryIndex:16:0 DirectorySlash:16:5 DirectoryCheckHandler:16:5
    DirectoryIndexRedirect:16:1
  `,
  dumpio: "DumpIOInput:128:5 DumpIOOutput:128:5",
  echo: "ProtocolEcho:128:5",
  env: "PassEnv:4:3 SetEnv:4:7 UnsetEnv:4:3",
  expires: "ExpiresActive:16:5 ExpiresByType:16:2 ExpiresDefault:16:1",
  ext_filter: "ExtFilterOptions:64:3 ExtFilterDefine:128:0",
  file_cache: "cachefile:128:3 mmapfile:128:3",
  filter: `
    FilterDeclare:2:7 FilterProvider:2:8 FilterChain:2:3 FilterTrace:192:2 AddOutputFilterByType:4:12
    FilterProtocol:2:9
  `,
  headers: "Header:4:0 RequestHeader:4:0",
  heartbeat: "HeartbeatAddress:128:1",
  heartmonitor: "HeartbeatListen:128:1 HeartbeatStorage:128:1 HeartbeatMaxServers:128:1",
  http: "KeepAliveTimeout:128:1 MaxKeepAliveRequests:128:1 KeepAlive:128:5",
  http2: `
    H2MaxSessionStreams:128:1 H2WindowSize:128:1 H2MinWorkers:128:1 H2MaxWorkers:128:1 H2MaxWorkerIdleSeconds:128:1
    H2StreamMaxMemSize:128:1 H2SerializeHeaders:128:1 H2ModernTLSOnly:128:1 H2Upgrade:136:1 H2Direct:128:1
    H2SessionExtraFiles:128:1 H2TLSWarmUpSize:128:1 H2TLSCoolDownSecs:128:1 H2Push:136:1 H2PushPriority:128:9
    H2PushDiarySize:128:1 H2CopyFiles:4:1 H2PushResource:12:10 H2EarlyHints:128:1 H2Padding:128:1
    H2OutputBuffering:128:1 H2StreamTimeout:128:1 H2MaxDataFrameLen:128:1 H2MaxHeaderBlockLen:128:1
    H2MaxStreamErrors:128:1 H2EarlyHint:12:2 H2ProxyRequests:4:1 H2WebSockets:128:1
  `,
  ident: "IdentityCheck:192:5 IdentityCheckTimeout:192:1",
  imagemap: "ImapMenu:16:1 ImapDefault:16:1 ImapBase:16:1",
  include: `
    XBitHack:2:1 SSIErrorMsg:31:1 SSITimeFormat:31:1 SSIStartTag:128:1 SSIEndTag:128:1 SSIUndefinedEcho:31:1
    SSILegacyExprParser:1:5 SSILastModified:1:5 SSIEtag:1:5
  `,
  info: "AddModuleInfo:128:2",
  lbmethod_heartbeat: "HeartbeatStorage:128:1",
  ldap: `
    LDAPSharedCacheSize:128:1 LDAPSharedCacheFile:128:1 LDAPCacheEntries:128:1 LDAPCacheTTL:128:1
    LDAPOpCacheEntries:128:1 LDAPOpCacheTTL:128:1 LDAPTrustedGlobalCert:128:9 LDAPTrustedClientCert:8:9
    LDAPTrustedMode:128:1 LDAPVerifyServerCert:128:5 LDAPConnectionTimeout:128:1 LDAPReferrals:8:1
    LDAPReferralHopLimit:8:1 LDAPLibraryDebug:128:1 LDAPTimeout:128:1 LDAPConnectionPoolTTL:128:1 LDAPRetries:128:1
    LDAPRetryDelay:128:1
  `,
  log_config: "CustomLog:128:9 GlobalLog:128:9 TransferLog:128:1 LogFormat:128:7 BufferedLogs:128:5",
  log_debug: "LogMessage:192:10",
  log_forensic: "ForensicLog:128:1",
  logio: "LogIOTrackTTFB:31:5",
  lua: `
    LuaRoot:31:1 LuaPackagePath:31:1 LuaPackageCPath:31:1 LuaAuthzProvider:384:8 LuaHookPreTranslateName:31:2
    <LuaHookPreTranslateName:287:0 LuaHookTranslateName:31:9 <LuaHookTranslateName:287:0 LuaHookFixups:31:2
    <LuaHookFixups:287:0 LuaHookMapToStorage:31:2 <LuaHookMapToStorage:287:0 LuaHookCheckUserID:31:9
    <LuaHookCheckUserID:287:0 LuaHookTypeChecker:31:2 <LuaHookTypeChecker:287:0 LuaHookAccessChecker:31:9
    <LuaHookAccessChecker:287:0 LuaHookAuthChecker:31:9 <LuaHookAuthChecker:287:0 LuaHookInsertFilter:31:2
    LuaHookLog:31:2 LuaScope:31:10 LuaInherit:31:1 LuaCodeCache:31:1 LuaQuickHandler:31:2 <LuaQuickHandler:287:0
    Lua_____ByteCodeHack:31:0 LuaMapHandler:31:9 LuaOutputFilter:31:8 LuaInputFilter:31:8
  `,
  macro: "<Macro:287:0 Use:287:0 UndefMacro:287:1 MacroIgnoreEmptyArgs:287:0 MacroIgnoreBadNesting:287:0",
  md: `
    MDCertificateAuthority:128:12 MDCertificateAgreement:128:1 MDCAChallenges:128:12 MDCertificateProtocol:128:1
    MDContactEmail:128:1 MDDriveMode:128:1 MDRenewMode:128:1 MDomain:128:12 <MDomainSet:128:0 <MDomain:128:0
    MDMember:128:12 MDMembers:128:12 MDMustStaple:128:1 MDPortMap:128:7 MDPrivateKeys:128:12 MDHttpProxy:128:1
    MDStoreDir:128:1 MDRenewWindow:128:1 MDRequireHttps:136:1 MDNotifyCmd:128:0 MDBaseServer:128:1
    MDChallengeDns01:128:0 MDChallengeDns01Version:128:1 MDCertificateFile:128:1 MDCertificateKeyFile:128:1
    MDServerStatus:128:1 MDCertificateStatus:128:1 MDWarnWindow:128:1 MDMessageCmd:128:0 MDStapling:128:1
    MDStapleOthers:128:1 MDStaplingKeepResponse:128:1 MDStaplingRenewWindow:128:1 MDCertificateCheck:128:2
    MDActivationDelay:128:1 MDCACertificateFile:128:1 MDHttpProxyCACertificateFile:128:1
    MDExternalAccountBinding:128:7 MDRetryDelay:128:1 MDRetryFailover:128:1 MDStoreLocks:128:1 MDMatchNames:128:1
    MDInitialDelay:128:1 MDCheckInterval:128:1 MDProfile:128:1 MDProfileMandatory:128:1 MDRenewViaARI:128:1
  `,
  mime: `
    AddCharset:4:4 AddEncoding:4:4 AddHandler:4:4 AddInputFilter:4:4 AddLanguage:4:4 AddOutputFilter:4:4 AddType:4:4
    DefaultLanguage:4:1 MultiviewsMatch:4:3 RemoveCharset:4:3 RemoveEncoding:4:3 RemoveHandler:4:3
    RemoveInputFilter:4:3 RemoveLanguage:4:3 RemoveOutputFilter:4:3 RemoveType:4:3 TypesConfig:128:1
    ModMimeUsePathInfo:64:5
  `,
  mime_magic: "MimeMagicFile:128:1",
  mpm_event: `
    ListenBacklog:128:1 ListenCoresBucketsRatio:128:1 Listen:128:12 SendBufferSize:128:1 ReceiveBufferSize:128:1
    ListenTCPDeferAccept:128:1 StartServers:128:1 ServerLimit:128:1 MinSpareThreads:128:1 MaxSpareThreads:128:1
    MaxClients:128:1 MaxRequestWorkers:128:1 ThreadsPerChild:128:1 ThreadLimit:128:1 AsyncRequestWorkerFactor:128:1
    GracefulShutdownTimeout:128:1
  `,
  mpm_prefork: `
    ListenBacklog:128:1 ListenCoresBucketsRatio:128:1 Listen:128:12 SendBufferSize:128:1 ReceiveBufferSize:128:1
    ListenTCPDeferAccept:128:1 StartServers:128:1 MinSpareServers:128:1 MaxSpareServers:128:1 MaxClients:128:1
    MaxRequestWorkers:128:1 ServerLimit:128:1 GracefulShutdownTimeout:128:1
  `,
  mpm_worker: `
    ListenBacklog:128:1 ListenCoresBucketsRatio:128:1 Listen:128:12 SendBufferSize:128:1 ReceiveBufferSize:128:1
    ListenTCPDeferAccept:128:1 StartServers:128:1 MinSpareThreads:128:1 MaxSpareThreads:128:1
    MaxRequestWorkers:128:1 MaxClients:128:1 ThreadsPerChild:128:1 ServerLimit:128:1 ThreadLimit:128:1
    GracefulShutdownTimeout:128:1
  `,
  negotiation: "CacheNegotiatedDocs:128:5 LanguagePriority:4:3 ForceLanguagePriority:4:3",
  proxy: `
    <Proxy:128:0 <ProxyMatch:128:0 ProxyRequests:128:5 ProxyRemote:128:9 ProxyRemoteMatch:128:9
    ProxyPassInterpolateEnv:192:5 ProxyPass:192:0 ProxyPassMatch:192:0 ProxyPassReverse:192:10
    ProxyPassReverseCookiePath:192:9 ProxyPassReverseCookieDomain:192:9 ProxyBlock:128:3
    ProxyReceiveBufferSize:128:1 ProxyIOBufferSize:128:1 ProxyMaxForwards:128:1 NoProxy:128:3 ProxyDomain:128:1
    ProxyVia:128:1 ProxyErrorOverride:192:3 ProxyPreserveHost:192:5 ProxyTimeout:128:1 ProxyBadHeader:128:1
    BalancerMember:192:0 BalancerGrowth:128:1 BalancerPersist:128:5 BalancerInherit:128:5 ProxyPassInherit:128:5
    ProxyStatus:128:1 ProxySet:192:0 ProxySourceAddress:128:1 ProxyAddHeaders:192:5 Proxy100Continue:192:5
  `,
  proxy_connect: "AllowCONNECT:128:3",
  proxy_express: "ProxyExpressEnable:4:5 ProxyExpressDBMFile:4:1 ProxyExpressDBMType:4:1",
  proxy_fcgi: "ProxyFCGIBackendType:4:1 ProxyFCGISetEnvIf:4:9",
  proxy_ftp: "ProxyFtpListOnWildcard:192:5 ProxyFtpEscapeWildcards:192:5 ProxyFtpDirCharset:192:1",
  proxy_hcheck: "ProxyHCTemplate:4:0 ProxyHCExpr:4:0 ProxyHCTPsize:128:1",
  proxy_html: `
    ProxyHTMLEvents:192:3 ProxyHTMLLinks:192:4 ProxyHTMLURLMap:192:0 ProxyHTMLDoctype:192:7 ProxyHTMLFixups:192:3
    ProxyHTMLMeta:192:5 ProxyHTMLInterp:192:5 ProxyHTMLExtended:192:5 ProxyHTMLStripComments:192:5
    ProxyHTMLBufSize:192:1 ProxyHTMLCharsetOut:192:1 ProxyHTMLEnable:192:5
  `,
  proxy_scgi: "ProxySCGISendfile:192:1 ProxySCGIInternalRedirect:192:1",
  proxy_wstunnel: "ProxyWebsocketFallbackToProxyHttp:192:5",
  reflector: "ReflectorHeader:2:7",
  remoteip: `
    RemoteIPHeader:128:1 RemoteIPProxiesHeader:128:1 RemoteIPTrustedProxy:128:3 RemoteIPInternalProxy:128:3
    RemoteIPTrustedProxyList:128:1 RemoteIPInternalProxyList:128:1 RemoteIPProxyProtocol:128:5
    RemoteIPProxyProtocolExceptions:128:12
  `,
  reqtimeout: "RequestReadTimeout:128:0",
  request: "KeptBodySize:64:1",
  rewrite: "RewriteEngine:4:5 RewriteOptions:4:3 RewriteBase:4:1 RewriteCond:4:0 RewriteRule:4:0 RewriteMap:128:9",
  sed: "OutputSed:64:1 InputSed:64:1",
  session: `
    Session:136:5 SessionMaxAge:136:1 SessionHeader:136:1 SessionEnv:136:5 SessionInclude:136:1 SessionExclude:136:1
    SessionExpiryUpdateInterval:136:1
  `,
  session_cookie: "SessionCookieName:136:0 SessionCookieName2:136:0 SessionCookieRemove:136:5",
  session_crypto: `
    SessionCryptoPassphrase:136:3 SessionCryptoPassphraseFile:192:1 SessionCryptoCipher:136:1
    SessionCryptoDriver:128:0
  `,
  session_dbd: `
    SessionDBDSelectLabel:136:1 SessionDBDInsertLabel:136:1 SessionDBDUpdateLabel:136:1 SessionDBDDeleteLabel:136:1
    SessionDBDPerUser:136:5 SessionDBDCookieRemove:136:5 SessionDBDCookieName:136:0 SessionDBDCookieName2:136:0
  `,
  setenvif: "SetEnvIf:4:0 SetEnvIfNoCase:4:0 SetEnvIfExpr:4:0 BrowserMatch:4:0 BrowserMatchNoCase:4:0",
  so: "LoadModule:384:2 LoadFile:384:3",
  socache_memcache: "MemcacheConnTTL:128:1",
  socache_redis: "RedisConnPoolTTL:128:1 RedisTimeout:128:1",
  speling: "CheckSpelling:2:5 CheckCaseOnly:2:5 CheckBasenameMatch:2:5",
  ssl: `
    SSLPassPhraseDialog:128:1 SSLSessionCache:128:1 SSLCryptoDevice:128:1 SSLRandomSeed:128:9
    SSLVHostSNIPolicy:128:1 SSLEngine:128:1 SSLFIPS:128:5 SSLCipherSuite:136:7 SSLCertificateFile:128:1
    SSLCertificateKeyFile:128:1 SSLCertificateChainFile:128:1 SSLSessionTicketKeyFile:128:1
    SSLCACertificatePath:136:1 SSLCACertificateFile:136:1 SSLCADNRequestPath:128:1 SSLCADNRequestFile:128:1
    SSLCARevocationPath:128:1 SSLCARevocationFile:128:1 SSLCARevocationCheck:128:0 SSLVerifyClient:136:1
    SSLVerifyDepth:136:1 SSLSessionCacheTimeout:128:1 SSLProtocol:128:0 SSLHonorCipherOrder:128:5
    SSLCompression:128:5 SSLSessionTickets:128:5 SSLInsecureRenegotiation:128:5 SSLUserName:136:1
    SSLStrictSNIVHostCheck:128:5 SSLSRPVerifierFile:128:1 SSLSRPUnknownUserSeed:128:1 SSLProxyEngine:2176:5
    SSLProxyProtocol:2176:0 SSLProxyCipherSuite:2176:7 SSLProxyVerify:2176:1 SSLProxyVerifyDepth:2176:1
    SSLProxyCACertificateFile:2176:1 SSLProxyCACertificatePath:2176:1 SSLProxyCARevocationPath:2176:1
    SSLProxyCARevocationFile:2176:1 SSLProxyCARevocationCheck:2176:0 SSLProxyMachineCertificateFile:2176:1
    SSLProxyMachineCertificatePath:2176:1 SSLProxyMachineCertificateChainFile:2176:1 SSLProxyCheckPeerExpire:2176:5
    SSLProxyCheckPeerCN:2176:5 SSLProxyCheckPeerName:2176:5 SSLOptions:2:0 SSLRequireSSL:8:0 SSLRequire:8:0
    SSLRenegBufferSize:8:1 SSLOCSPEnable:128:0 SSLOCSPDefaultResponder:128:1 SSLOCSPOverrideResponder:128:5
    SSLOCSPResponseTimeSkew:128:1 SSLOCSPResponseMaxAge:128:1 SSLOCSPResponderTimeout:128:1
    SSLOCSPUseRequestNonce:128:5 SSLOCSPProxyURL:128:1 SSLOCSPNoVerify:128:5 SSLOCSPResponderCertificateFile:128:1
    SSLStaplingCache:128:1 SSLUseStapling:128:5 SSLStaplingResponseTimeSkew:128:1 SSLStaplingResponderTimeout:128:1
    SSLStaplingResponseMaxAge:128:1 SSLStaplingStandardCacheTimeout:128:1 SSLStaplingReturnResponderErrors:128:5
    SSLStaplingFakeTryLater:128:5 SSLStaplingErrorCacheTimeout:128:1 SSLStaplingForceURL:128:1
    SSLOpenSSLConfCmd:128:2 SSLLog:31:0 SSLLogLevel:31:0
  `,
  substitute: "Substitute:4:1 SubstituteMaxLineLength:4:1 SubstituteInheritBefore:4:5",
  suexec: "SuexecUserGroup:128:2",
  unixd: "User:128:1 Group:128:1 ChrootDir:128:1 Suexec:128:5",
  userdir: "UserDir:128:0",
  usertrack: `
    CookieExpires:4:1 CookieDomain:4:1 CookieStyle:4:1 CookieTracking:4:5 CookieName:4:1 CookieSameSite:4:1
    CookieSecure:4:5 CookieHttpOnly:4:5
  `,
  version: "<IfVersion:287:10",
  vhost_alias: `
    VirtualScriptAlias:128:1 VirtualDocumentRoot:128:1 VirtualScriptAliasIP:128:1 VirtualDocumentRootIP:128:1
  `,
  watchdog: "WatchdogInterval:128:1",
  xml2enc: "xml2EncDefault:31:1 xml2EncAlias:128:4 xml2StartParse:31:3",
};
/** Where a directive may stand: the sum of the places that allow it (httpd's `req_override`). */
export const Where = {
  LIMIT: 1,
  OPTIONS: 2,
  FILEINFO: 4,
  AUTH: 8,
  INDEXES: 16,
  SECTIONS: 64,
  SERVER: 128,
  /** Carried out while the file is read, before anything else is looked at. */
  ON_READ: 256,
  /** Inside <Proxy> and <ProxyMatch>, beside what may stand in any section (httpd: PROXY_CONF). */
  PROXY: 2048,
} as const;

/** How the arguments are cut up (httpd's `args_how`). */
export const How = {
  RAW: 0,
  ONE: 1,
  TWO: 2,
  EACH: 3,
  EACH_WITH_FIRST: 4,
  ON_OFF: 5,
  NONE: 6,
  ONE_OR_TWO: 7,
  THREE: 8,
  TWO_OR_THREE: 9,
  ONE_TO_THREE: 10,
  ONE_OR_THREE: 11,
  LIST: 12,
} as const;

/** A directive that httpd knows. */
export interface KnownDirective {
  /** In httpd's own spelling; sections begin with "<". */
  readonly name: string;
  /** Short names of the modules that bring it: "core", "proxy", … */
  readonly modules: readonly string[];
  readonly where: number;
  readonly how: number;
}

function parseTables(): ReadonlyMap<string, KnownDirective> {
  const known = new Map<string, KnownDirective>();
  for (const [module, table] of Object.entries(TABLES)) {
    for (const entry of table.trim().split(/\s+/)) {
      const [name = "", where, how] = entry.split(":");
      const key = name.toLowerCase();
      const modules = [...(known.get(key)?.modules ?? []), module];
      known.set(key, { name, modules, where: Number(where), how: Number(how) });
    }
  }
  return known;
}

/** Directives by lower-case name, as httpd looks them up. */
export const KNOWN_DIRECTIVES: ReadonlyMap<string, KnownDirective> = parseTables();
