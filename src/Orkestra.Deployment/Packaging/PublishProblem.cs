using System.Runtime.InteropServices;

namespace Orkestra.Deployment.Packaging;

/// <summary>Says in a sentence why a project could not be published.</summary>
internal static class PublishProblem
{
    // The targets that compile and link for Native AOT.
    const string NativeTargets = "Microsoft.NETCore.Native";

    public static string Of(PublishRequest request, string log, Architecture machine)
    {
        if (!request.NativeAot || machine == (request.Arm ? Architecture.Arm64 : Architecture.X64) || !log.Contains(NativeTargets, StringComparison.Ordinal)) return FirstError(log);
        var tools = request.Arm ? "gcc-aarch64-linux-gnu and libc6-dev-arm64-cross" : "gcc-x86-64-linux-gnu and libc6-dev-amd64-cross";
        return $"Native AOT for {request.RuntimeIdentifier} could not be linked on this {machine.ToString().ToLowerInvariant()} machine, which takes clang and the tools for the other processor"
            + $" ({tools} on Debian and Ubuntu); install them, set Architecture to this machine's, name a folder that was published where they are, or leave NativeAot off: without it one program runs on both";
    }

    static string FirstError(string log)
    {
        var lines = log.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var error = lines.FirstOrDefault(line => line.Contains("error ", StringComparison.OrdinalIgnoreCase)) ?? lines.LastOrDefault() ?? "it said nothing";
        var project = error.LastIndexOf(" [", StringComparison.Ordinal);
        return (project > 0 ? error[..project] : error).TrimEnd('.');
    }
}
