/* python.exe: the launcher of the CPython runtime, three calls long */
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

typedef int (*Main)(int, wchar_t **);

int wmain(int count, wchar_t **words)
{
    HMODULE runtime = LoadLibraryW(L"python311.dll");
    Main run = runtime ? (Main)(void *)GetProcAddress(runtime, "Py_Main") : NULL;
    if (run == NULL) {
        fwprintf(stderr, L"python311.dll cannot be loaded: %lu\n", GetLastError());
        return 120;
    }
    return run(count, words);
}
