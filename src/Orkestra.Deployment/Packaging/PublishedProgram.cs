using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace Orkestra.Deployment.Packaging;

/// <summary>A folder with a published program.</summary>
/// <param name="Folder">The folder, which is what Lambda finds in /var/task.</param>
/// <param name="AssemblyName">The main assembly, for the managed runtime; null for an executable <c>bootstrap</c>.</param>
internal sealed record PublishedProgram(string Folder, string? AssemblyName)
{
    public const string Bootstrap = "bootstrap";
    const string RuntimeConfig = ".runtimeconfig.json";

    // https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html: e_machine is the halfword at byte 18.
    const int MachineAt = 18, X64Machine = 0x3E, ArmMachine = 0xB7;

    public bool IsNative => AssemblyName is null;

    /// <summary>The main assembly that an executable was compiled from; null when it is not known.</summary>
    public string? ManagedMain { get; init; }

    /// <summary>What messages call the program.</summary>
    public string Title { get; init; } = Folder;

    /// <summary>Whether nothing was published, as the stack is only listed.</summary>
    public bool IsPlaceholder { get; init; }

    /// <summary>Whether this machine can start the executable.</summary>
    public bool RunsHere => OperatingSystem.IsLinux() && Machine() == RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => X64Machine,
        Architecture.Arm64 => ArmMachine,
        _ => null,
    };

    /// <summary>Whether the program is an executable for arm64; null for one that runs on every processor.</summary>
    public bool? IsArm => Machine() switch
    {
        ArmMachine => true,
        X64Machine => false,
        _ => null,
    };

    /// <summary>The program in a folder; null when there is none.</summary>
    public static PublishedProgram? In(string folder)
    {
        if (File.Exists(Path.Combine(folder, Bootstrap))) return new(folder, null);
        var mains = Directory.GetFiles(folder, "*" + RuntimeConfig).Select(file => Path.GetFileName(file)[..^RuntimeConfig.Length]).ToArray();
        return mains.Length <= 1
            ? mains is [var main] ? new(folder, main) : null
            : throw new DeploymentException($"The folder {folder} holds several programs, {string.Join(", ", mains.Order(StringComparer.Ordinal))}: publish one to a folder of its own.");
    }

    /// <summary>Stands for a program of a stack that is only listed and not deployed, for which nothing is published.</summary>
    public static PublishedProgram Placeholder(string project, bool native) =>
        new(Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "orkestra", "unpublished")).FullName, native ? null : Path.GetFileNameWithoutExtension(project)) { IsPlaceholder = true };

    /// <summary>Refuses an executable for another processor than the functions'.</summary>
    public void CheckProcessor(bool arm)
    {
        if (IsArm is not { } isArm || isArm == arm) return;
        throw new DeploymentException(
            $"The executable {Path.Combine(Folder, Bootstrap)} is for {(isArm ? "arm64" : "x64")}, but its functions are for {(arm ? "arm64" : "x64")}: set Architecture, or publish for the other processor.");
    }

    /// <summary>Refuses an executable that was linked against a newer C library than the functions' runtime has.</summary>
    public void CheckLibrary()
    {
        if (!IsNative || !File.Exists(Path.Combine(Folder, Bootstrap))) return;
        // https://docs.aws.amazon.com/linux/al2023/ug/glibc-gcc-and-binutils.html: glibc 2.34. An executable names the versions of what it takes from it, each ended by a zero.
        const int newest = 34;
        var needed = 0;
        var name = "\0GLIBC_2."u8;
        ReadOnlySpan<byte> rest = File.ReadAllBytes(Path.Combine(Folder, Bootstrap));
        for (var at = rest.IndexOf(name); at >= 0; at = rest.IndexOf(name))
        {
            rest = rest[(at + name.Length)..];
            if (Utf8Parser.TryParse(rest, out int minor, out _)) needed = Math.Max(needed, minor);
        }

        if (needed > newest)
            throw new DeploymentException($"The executable {Path.Combine(Folder, Bootstrap)} needs glibc 2.{needed}, but the runtime provided.al2023 has 2.{newest}: publish it on Amazon Linux 2023, or on another Linux whose C library is as old, and name the folder.");
    }

    /// <summary>Whether the program has an assembly; always true for an executable, which cannot be looked into.</summary>
    public bool Has(string assembly) => IsNative || IsPlaceholder || File.Exists(Path.Combine(Folder, assembly + ".dll"));

    // The processor that an executable is for; null for a managed program and for what is no ELF file.
    int? Machine()
    {
        if (!IsNative || !File.Exists(Path.Combine(Folder, Bootstrap))) return null;
        Span<byte> header = stackalloc byte[MachineAt + 2];
        using var file = File.OpenRead(Path.Combine(Folder, Bootstrap));
        if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header.StartsWith("\u007fELF"u8)) return null;
        return BinaryPrimitives.ReadUInt16LittleEndian(header[MachineAt..]);
    }
}
