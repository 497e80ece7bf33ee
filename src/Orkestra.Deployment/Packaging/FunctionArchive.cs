using System.IO.Compression;
using System.Security.Cryptography;

namespace Orkestra.Deployment.Packaging;

/// <summary>Packs a published program as Lambda takes it. Equal folders give equal bytes.</summary>
internal static class FunctionArchive
{
    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: all files of a function, unpacked.
    const long MostBytes = 250L * 1024 * 1024;
    const int HashLength = 16;
    const int FileMode = 0b110_100_100;
    const int ExecutableMode = 0b111_101_101;
    const int RegularFile = 0x8000;
    const int ModeShift = 16;

    // The first moment that a zip file knows.
    static readonly DateTimeOffset Moment = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the archive of a folder, which is what Lambda finds in /var/task.</summary>
    /// <returns>Equal for equal contents.</returns>
    /// <exception cref="DeploymentException">The program is larger than Lambda takes.</exception>
    public static string Write(string folder, string file)
    {
        string[] contents = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        var bytes = contents.Sum(name => new FileInfo(name).Length);
        if (bytes > MostBytes)
            throw new DeploymentException($"The program in {folder} has {bytes / 1024 / 1024} MB, but Lambda takes at most {MostBytes / 1024 / 1024} MB: publish less with it.");
        using var archive = File.Create(file);
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var content in contents)
            {
                var name = Path.GetRelativePath(folder, content).Replace('\\', '/');
                var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
                entry.LastWriteTime = Moment;
                entry.ExternalAttributes = (RegularFile | (name == PublishedProgram.Bootstrap ? ExecutableMode : FileMode)) << ModeShift;
                using var from = File.OpenRead(content);
                using var to = entry.Open();
                from.CopyTo(to);
            }
        }

        archive.Position = 0;
        return Convert.ToHexStringLower(SHA256.HashData(archive))[..HashLength];
    }
}
