using Amazon.CDK;
using Orkestra.Cdk.Tests.Packaging;

namespace Orkestra.Cdk.Tests.Samples;

/// <summary>The templates of the samples, each synthesised once, with functions that are published already.</summary>
public static class SampleTemplates
{
    static readonly Dictionary<string, SynthesisedTemplate> Templates = [];
    static readonly Lazy<DirectoryInfo> Temporary = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("orkestra-cdk-samples-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        return folder;
    });

    public static SynthesisedTemplate Of(string name)
    {
        if (Templates.TryGetValue(name, out var template)) return template;
        var app = new App(new AppProps
        {
            Outdir = Path.Combine(Temporary.Value.FullName, name),
            Context = new Dictionary<string, object> { [FunctionPackage.FolderContext] = Published(Sample.Of(name).Program) },
        });
        Sample.Of(name).Stack(app, name);
        return Templates[name] = new(File.ReadAllText(app.Synth().GetStackByName(name).TemplateFullPath));
    }

    // One program may have steps of the same names as another.
    static string Published(string program)
    {
        var folder = Path.Combine(Temporary.Value.FullName, "published", program);
        if (Directory.Exists(folder)) return folder;
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "Functions.runtimeconfig.json"), "{}");
        Manifests.Write(folder, options =>
        {
            foreach (var functions in Sample.All.Where(sample => sample.Program == program).Select(sample => sample.Functions).Distinct()) functions(options);
        });
        File.WriteAllText(Path.Combine(folder, $"{program}.dll"), "");
        return folder;
    }
}
