/* A stand-in for the icuuc.dll of Windows 10, which Wine lacks and Qt 6.10 and newer link for legacy text codecs only.
   Every open fails with U_MISSING_RESOURCE_ERROR (2), so that Qt falls back to codecs of its own. Never shipped. */
#define X __declspec(dllexport)
typedef int UErr;
X void *ucnv_open(const char *n, UErr *e){ if(e)*e=2; return 0; }
X void ucnv_close(void *c){} X void ucnv_reset(void *c){}
X signed char ucnv_getMaxCharSize(void *c){ return 1; }
X const char *ucnv_getName(void *c, UErr *e){ if(e)*e=2; return 0; }
X void ucnv_getToUCallBack(void *c, void **a, const void **x){ if(a)*a=0; if(x)*x=0; }
X void ucnv_getFromUCallBack(void *c, void **a, const void **x){ if(a)*a=0; if(x)*x=0; }
X void ucnv_setToUCallBack(void *c, void *a, void *x, void **oa, void **ox, UErr *e){ if(e)*e=2; }
X void ucnv_setFromUCallBack(void *c, void *a, void *x, void **oa, void **ox, UErr *e){ if(e)*e=2; }
X void ucnv_fromUnicode(void *c, char **t, const char *tl, const void **s, const void *sl, int *o, signed char f, UErr *e){ if(e)*e=2; }
X void ucnv_toUnicode(void *c, void **t, const void *tl, const char **s, const char *sl, int *o, signed char f, UErr *e){ if(e)*e=2; }
X int ucnv_countAvailable(void){ return 0; }
X const char *ucnv_getAvailableName(int n){ return 0; }
X void ucnv_cbToUWriteUChars(void *a, const void *s, int l, int o, UErr *e){ if(e)*e=2; }
X void ucnv_cbFromUWriteUChars(void *a, const void **s, const void *l, int o, UErr *e){ if(e)*e=2; }
X int ucnv_toUCountPending(void *c, UErr *e){ return 0; }
X int ucnv_fromUCountPending(void *c, UErr *e){ return 0; }
X const char *ucnv_getStandardName(const char *n, const char *s, UErr *e){ if(e)*e=2; return 0; }
X void UCNV_TO_U_CALLBACK_SUBSTITUTE(void *c, void *a, const char *u, int l, int r, UErr *e){}
X void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void *c, void *a, const void *u, int l, int cp, int r, UErr *e){}
