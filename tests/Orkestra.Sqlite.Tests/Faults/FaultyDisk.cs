using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Orkestra.Sqlite.Tests.Faults;

/// <summary>
/// A disk that fails as a test says: it stands below SQLite, which calls it for each write and each sync of one store's files. Other files of the process are not affected.
/// </summary>
sealed unsafe partial class FaultyDisk : IDisposable
{
    public const int Full = 13;
    public const int WriteError = 10 | (3 << 8);
    public const int SyncError = 10 | (4 << 8);

    static readonly Lock Registration = new();
    static readonly ConcurrentDictionary<string, FaultyDisk> Disks = new(StringComparer.Ordinal);
    static readonly ConcurrentDictionary<nint, (FaultyDisk Disk, bool IsLog)> Files = new();
    static readonly ConcurrentDictionary<nint, nint> Tables = new();
    static Vfs* original;
    static IoMethods* originalMethods;

    readonly string path;

    /// <param name="path">The path of the store, before it is opened.</param>
    public FaultyDisk(string path)
    {
        this.path = path;
        Disks[path] = this;
        lock (Registration)
        {
            if (original is null) Register();
        }
    }

    /// <summary>Called before each write and each sync; 0, or the result code of SQLite's it fails with.</summary>
    public Func<DiskCall, int> Fault { get; set; } = _ => 0;

    public void Dispose() => Disks.TryRemove(path, out _);

    static void Register()
    {
        SQLitePCL.Batteries_V2.Init();
        original = Find(null);
        var ours = (Vfs*)NativeMemory.Alloc((nuint)sizeof(Vfs));
        *ours = *original;
        ours->Name = (byte*)Marshal.StringToCoTaskMemUTF8("orkestra-faulty");
        ours->Next = null;
        ours->Open = &Open;
        if (Register(ours, 1) != 0) throw new InvalidOperationException("SQLite did not take the file system.");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Open(Vfs* vfs, byte* name, SqliteFile* file, int flags, int* outFlags)
    {
        var code = original->Open(original, name, file, flags, outFlags);
        Files.TryRemove((nint)file, out _);
        if (code != 0 || name is null) return code;
        var path = Marshal.PtrToStringUTF8((nint)name)!;
        var isLog = path.EndsWith("-wal", StringComparison.Ordinal);
        if (!Disks.TryGetValue(isLog ? path[..^4] : path, out var disk)) return code;
        Files[(nint)file] = (disk, isLog);
        originalMethods = file->Methods;
        file->Methods = (IoMethods*)Tables.GetOrAdd((nint)file->Methods, static methods =>
        {
            var ours = (IoMethods*)NativeMemory.Alloc((nuint)sizeof(IoMethods));
            *ours = *(IoMethods*)methods;
            ours->Write = &Write;
            ours->Sync = &Sync;
            return (nint)ours;
        });
        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Write(SqliteFile* file, void* bytes, int length, long offset) =>
        FaultOf(file, new DiskCall(IsSync: false, IsLog: false, offset, length)) is not 0 and var code ? code : originalMethods->Write(file, bytes, length, offset);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int Sync(SqliteFile* file, int flags) =>
        FaultOf(file, new DiskCall(IsSync: true, IsLog: false, 0, 0)) is not 0 and var code ? code : originalMethods->Sync(file, flags);

    static int FaultOf(SqliteFile* file, DiskCall call)
    {
        try
        {
            return Files.TryGetValue((nint)file, out var known) ? known.Disk.Fault(call with { IsLog = known.IsLog }) : 0;
        }
#pragma warning disable CA1031 // Nothing may be thrown through SQLite.
        catch (Exception)
#pragma warning restore CA1031
        {
            return WriteError;
        }
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find")]
    private static partial Vfs* Find(byte* name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    private static partial int Register(Vfs* vfs, int makesDefault);

    // https://sqlite.org/c3ref/vfs.html
    [StructLayout(LayoutKind.Sequential)]
    struct Vfs
    {
        public int Version, FileSize, MaxPath;
        public Vfs* Next;
        public byte* Name;
        public void* Data;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, SqliteFile*, int, int*, int> Open;
        public fixed long Others[15];
    }

    // https://sqlite.org/c3ref/io_methods.html
    [StructLayout(LayoutKind.Sequential)]
    struct IoMethods
    {
        public int Version;
        public void* Close, Read;
        public delegate* unmanaged[Cdecl]<SqliteFile*, void*, int, long, int> Write;
        public void* Truncate;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int, int> Sync;
        public fixed long Others[13];
    }

    [StructLayout(LayoutKind.Sequential)]
    struct SqliteFile
    {
        public IoMethods* Methods;
    }
}

/// <summary>A call of the file system.</summary>
readonly record struct DiskCall(bool IsSync, bool IsLog, long Offset, int Length);
