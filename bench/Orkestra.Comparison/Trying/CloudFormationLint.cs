using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Orkestra.Comparison.Trying;

/// <summary>Calls cfn-lint, when it is installed.</summary>
internal static class CloudFormationLint
{
    /// <summary>What it says of the templates of each attempt that it does not say of those of the first, which is without a mistake.</summary>
    public static async Task<Dictionary<Attempt, string>> OfAsync(IReadOnlyList<Attempt> attempts, Func<Attempt, IEnumerable<string>> templates)
    {
        var folder = Directory.CreateTempSubdirectory("orkestra-lint-");
        try
        {
            var owners = new Dictionary<string, Attempt>();
            foreach (var attempt in attempts)
            {
                foreach (var template in templates(attempt))
                {
                    var file = Path.Combine(folder.FullName, $"{owners.Count}.template");
                    owners.Add(file, attempt);
                    await File.WriteAllTextAsync(file, template);
                }
            }

            if (await RunAsync(owners.Keys) is not { } output)
            {
                Console.Error.WriteLine("cfn-lint is not installed: the column of ASL is without it.");
                return [];
            }

            using var answer = JsonDocument.Parse(output);
            var said = answer.RootElement.EnumerateArray()
                .Select(problem => (Owner: owners[problem.GetProperty("Filename").GetString()!], Rule: problem.GetProperty("Rule").GetProperty("Id").GetString()!, Message: problem.GetProperty("Message").GetString()!))
                .ToLookup(static problem => problem.Owner, static problem => $"{problem.Rule}: {problem.Message}");
            var always = said[attempts[0]].ToHashSet();
            return attempts.Skip(1).Distinct().Select(attempt => (attempt, First: said[attempt].FirstOrDefault(text => !always.Contains(text)))).Where(static one => one.First is not null)
                .ToDictionary(static one => one.attempt, static one => one.First!);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task<string?> RunAsync(IEnumerable<string> files)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("cfn-lint", ["--format", "json", "--regions", "us-east-1", "--", .. files]) { RedirectStandardOutput = true })!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return output;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
