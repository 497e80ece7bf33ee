#!/usr/bin/env dotnet
#:property PublishAot=false
#:property TreatWarningsAsErrors=false
#:property RestorePackagesWithLockFile=false
#:property RestoreLockedMode=false

// Makes the site of the documentation in artifacts/docs/site: the pages of docs, the API from the built assemblies, a Markdown twin of each page, and llms.txt.
// A warning of docfx, a dead link and a page that is missing in docs/toc.yml fail it.
//   dotnet run build/docs.cs [-- --no-build]
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(AppContext.GetData("EntryPointFilePath") as string)!, ".."));
var docs = Path.Combine(root, "docs");
var pages = Path.Combine(root, "artifacts", "docs", "pages");
var site = Path.Combine(root, "artifacts", "docs", "site");
foreach (var folder in (string[])[pages, site])
{
    if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
}

if (!args.Contains("--no-build")) Build();
Run("dotnet", "tool", "restore");

// The pages as they are in the repository, with the links that lead out of the site changed to copies of what they lead to.
var problems = new List<string>();
var menu = Menu.Read(Path.Combine(docs, "toc.yml"));
var staged = new HashSet<string>(StringComparer.Ordinal);
var waiting = new Queue<string>(Directory.GetFiles(docs, "*.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Prepend("README.md"));
foreach (var page in waiting.Where(page => !page.StartsWith("docs/diagnostics/ORK", StringComparison.Ordinal) && menu.All(entry => entry.Page != page))) problems.Add($"docs/toc.yml does not name {page}.");
while (waiting.TryDequeue(out var page))
{
    if (!staged.Add(page)) continue;
    var original = Path.Combine(root, page);
    var text = page.EndsWith(".md", StringComparison.Ordinal) && File.Exists(original) ? WithLinks(page, File.ReadAllText(original)) : AsPage(page);
    Write(Path.Combine(pages, Staged(page)), text);
}

File.Copy(Path.Combine(root, "build", "icon.png"), Path.Combine(pages, "icon.png"));
foreach (var picture in Directory.GetFiles(Path.Combine(docs, "images")))
{
    var copy = Path.Combine(pages, Path.GetRelativePath(root, picture));
    Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
    File.Copy(picture, copy);
}

Write(Path.Combine(pages, "toc.yml"), Menu.Write(menu, Staged, page => Title(Path.Combine(pages, Staged(page)))));
if (problems.Count == 0)
{
    Run("dotnet", "docfx", "metadata", Path.Combine(docs, "docfx.json"), "--warningsAsErrors");
    DropInherited(Path.Combine(pages, "api"));
    Run("dotnet", "docfx", "build", Path.Combine(docs, "docfx.json"), "--warningsAsErrors");
    foreach (var file in Directory.GetFiles(pages, "*.md", SearchOption.AllDirectories))
    {
        var twin = Path.Combine(site, Path.GetRelativePath(pages, file));
        File.Copy(file, twin, overwrite: true);
        if (!File.Exists(Path.ChangeExtension(twin, ".html"))) problems.Add($"{Path.GetRelativePath(pages, file)} became no page.");
    }

    Write(Path.Combine(site, "llms.txt"), Summary());
    problems.AddRange(DeadLinks.In(site));
}

foreach (var problem in problems) Console.Error.WriteLine(problem);
Console.WriteLine($"{staged.Count} pages and {Directory.GetFiles(Path.Combine(pages, "api"), "*.md").Length} of the API in {Path.GetRelativePath(root, site)}, {problems.Count} problems");
return problems.Count == 0 ? 0 : 1;

void Build()
{
    using var configuration = JsonDocument.Parse(File.ReadAllText(Path.Combine(docs, "docfx.json")));
    foreach (var assembly in configuration.RootElement.GetProperty("metadata")[0].GetProperty("src")[0].GetProperty("files").EnumerateArray())
        Run("dotnet", "build", Path.Combine(root, "src", Path.GetFileNameWithoutExtension(assembly.GetString()!)), "-v", "q", "--nologo");
}

void Run(string program, params string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = root })!;
    process.WaitForExit();
    if (process.ExitCode == 0) return;
    Console.Error.WriteLine($"'{program} {string.Join(' ', arguments)}' ended with {process.ExitCode}.");
    Environment.Exit(1);
}

static void Write(string file, string text)
{
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    File.WriteAllText(file, text);
}

// The name of a page on the site: the README is its first page, and a file that is no Markdown gets a page that shows it.
static string Staged(string page) => page == "README.md" ? "index.md" : page.EndsWith(".md", StringComparison.Ordinal) ? page : page + ".md";

string WithLinks(string page, string text) => OutsideOfCode(text, part => Patterns.Link().Replace(part, match =>
{
    var target = match.Groups["target"].Value;
    if (target.Contains(':', StringComparison.Ordinal) || target.Length == 0) return match.Value;
    var path = Path.GetRelativePath(root, Path.GetFullPath(Path.Combine(root, Path.GetDirectoryName(page)!, target))).Replace('\\', '/');
    if (!Path.Exists(Path.Combine(root, path)))
    {
        problems.Add($"{page} links to {target}, which does not exist.");
        return match.Value;
    }

    if (Directory.Exists(Path.Combine(root, path))) path = File.Exists(Path.Combine(root, path, "README.md")) ? path + "/README.md" : path;
    waiting.Enqueue(path);
    var relative = Path.GetRelativePath(Path.Combine(root, Path.GetDirectoryName(page)!), Path.Combine(root, Staged(path))).Replace('\\', '/');
    return $"]({relative}{match.Groups["anchor"].Value})";
}));

static string OutsideOfCode(string text, Func<string, string> change) =>
    string.Concat(Patterns.Code().Split(text).Select(part => part.StartsWith("```", StringComparison.Ordinal) || part.StartsWith('`') ? part : change(part)));

// A source file or a folder of sources, to read on the site.
string AsPage(string path)
{
    var full = Path.Combine(root, path);
    var files = File.Exists(full)
        ? [full]
        : Directory.GetFiles(full).Where(file => Path.GetExtension(file) is ".cs" or ".csproj" or ".json" && Path.GetFileName(file) != "packages.lock.json").Order(StringComparer.Ordinal).ToArray();
    var text = new StringBuilder().Append("# ").AppendLine(path);
    foreach (var file in files)
    {
        if (files.Length > 1) text.AppendLine().Append("## ").AppendLine(Path.GetFileName(file));
        var language = Path.GetExtension(file) switch { ".cs" => "csharp", ".json" => "json", ".csproj" or ".props" => "xml", _ => "text" };
        text.AppendLine().Append("````").AppendLine(language).AppendLine(File.ReadAllText(file).TrimEnd()).AppendLine("````");
    }

    return text.ToString();
}

// What every type has from System.Object says nothing about it.
static void DropInherited(string api)
{
    foreach (var file in Directory.GetFiles(api, "*.md")) File.WriteAllText(file, Patterns.Inherited().Replace(File.ReadAllText(file), ""));
}

static string Title(string file) => File.ReadLines(file).First(line => line.StartsWith("# ", StringComparison.Ordinal))[2..].Trim();

// https://llmstxt.org: a title, what it is, and a link with a sentence for each page.
string Summary()
{
    var text = new StringBuilder("# Orkestra for .NET\n\n> ").Append(FirstSentences(Path.Combine(pages, "index.md"), 2)).AppendLine();
    foreach (var entry in menu)
    {
        if (entry.Page is null) text.AppendLine().Append("## ").AppendLine(entry.Name).AppendLine();
        else if (entry.Page.EndsWith(".md", StringComparison.Ordinal)) text.AppendLine($"- [{entry.Name ?? Title(Path.Combine(pages, Staged(entry.Page)))}]({Staged(entry.Page)}): {FirstSentences(Path.Combine(pages, Staged(entry.Page)), 1)}");
    }

    text.AppendLine().AppendLine("## Optional").AppendLine();
    foreach (var file in Directory.GetFiles(Path.Combine(pages, "docs", "diagnostics"), "ORK*.md").Order(StringComparer.Ordinal)) text.AppendLine($"- [{Title(file)}](docs/diagnostics/{Path.GetFileName(file)})");
    foreach (var file in Directory.GetFiles(Path.Combine(pages, "api"), "*.md").Order(StringComparer.Ordinal).Where(file => File.ReadLines(file).First().Contains(" Namespace ", StringComparison.Ordinal)))
        text.AppendLine($"- [{Path.GetFileNameWithoutExtension(file)}](api/{Path.GetFileName(file)})");
    return text.ToString();
}

static string FirstSentences(string file, int count)
{
    var paragraph = string.Join(' ', File.ReadLines(file).SkipWhile(line => line.Length == 0 || line[0] is '#' or '<' or '|' or '!').TakeWhile(line => line.Trim().Length > 0));
    var plain = Patterns.Link().Replace(paragraph, "]").Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
    return string.Join(' ', Patterns.SentenceEnd().Split(plain).Take(count)).Trim();
}

sealed record Menu(string? Name, string? Page, int Depth)
{
    // The part of YAML that docs/toc.yml needs: '- name:', 'href:' and 'items:'.
    public static List<Menu> Read(string file)
    {
        var entries = new List<Menu>();
        foreach (var line in File.ReadLines(file).Where(line => line.Trim() is { Length: > 0 } text && text[0] != '#'))
        {
            var field = Patterns.Field().Match(line);
            if (!field.Success) throw new InvalidDataException($"docs/toc.yml has a line that is neither name, href nor items: {line}");
            if (field.Groups["new"].Success) entries.Add(new Menu(null, null, field.Groups["indent"].Length / 2));
            var value = field.Groups["value"].Value.Trim();
            entries[^1] = field.Groups["field"].Value switch
            {
                "name" => entries[^1] with { Name = value },
                "href" => entries[^1] with { Page = value.StartsWith("../", StringComparison.Ordinal) ? value[3..] : "docs/" + value },
                _ => entries[^1],
            };
        }

        return entries;
    }

    public static string Write(List<Menu> entries, Func<string, string> staged, Func<string, string> title)
    {
        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            var indent = new string(' ', entry.Depth * 2);
            var isPage = entry.Page?.EndsWith(".md", StringComparison.Ordinal) == true;
            text.AppendLine($"{indent}- name: {JsonSerializer.Serialize(entry.Name ?? title(entry.Page!))}");
            if (entry.Page is not null) text.AppendLine($"{indent}  href: {(isPage ? staged(entry.Page) : entry.Page)}");
            else text.AppendLine($"{indent}  items:");
        }

        return text.ToString();
    }
}

static class DeadLinks
{
    public static IEnumerable<string> In(string site)
    {
        var names = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(site, "*.html", SearchOption.AllDirectories))
        {
            foreach (Match link in Patterns.Reference().Matches(File.ReadAllText(file)))
            {
                var value = WebUtility.HtmlDecode(link.Groups["target"].Value);
                if (value.Length == 0 || Patterns.Elsewhere().IsMatch(value)) continue;
                var parts = value.Split('#', 2);
                var path = Uri.UnescapeDataString(parts[0].Split('?')[0]);
                var target = path.Length == 0 ? file : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, path));
                var from = Path.GetRelativePath(site, file);
                if (!Path.Exists(target)) yield return $"{from}: dead link to {value}";
                else if (parts.Length == 2 && parts[1].Length > 0 && target.EndsWith(".html", StringComparison.Ordinal) && !Names(target).Contains(Uri.UnescapeDataString(parts[1])))
                    yield return $"{from}: {value} names no part of its page";
            }
        }

        HashSet<string> Names(string file)
        {
            if (!names.TryGetValue(file, out var found)) names[file] = found = [.. Patterns.Anchor().Matches(File.ReadAllText(file)).Select(match => WebUtility.HtmlDecode(match.Groups["name"].Value))];
            return found;
        }
    }
}

static partial class Patterns
{
    [GeneratedRegex(@"\]\((?<target>[^)#\s]*)(?<anchor>#[^)\s]*)?\)")]
    public static partial Regex Link();

    [GeneratedRegex(@"(```.*?```|`[^`\n]*`)", RegexOptions.Singleline)]
    public static partial Regex Code();

    [GeneratedRegex(@"#### Inherited Members\r?\n.*?(?=\r?\n#|\z)", RegexOptions.Singleline)]
    public static partial Regex Inherited();

    [GeneratedRegex(@"(?<=[.!?])\s+(?=[A-Z`])")]
    public static partial Regex SentenceEnd();

    [GeneratedRegex(@"^(?<indent> *)(?<new>- )?\s*(?<field>name|href|items):(?<value>.*)$")]
    public static partial Regex Field();

    [GeneratedRegex(@"\s(?:href|src)=""(?<target>[^""]*)""")]
    public static partial Regex Reference();

    [GeneratedRegex("^([a-zA-Z][a-zA-Z0-9+.-]*:|//)")]
    public static partial Regex Elsewhere();

    [GeneratedRegex(@"\s(?:id|name)=""(?<name>[^""]*)""")]
    public static partial Regex Anchor();
}
