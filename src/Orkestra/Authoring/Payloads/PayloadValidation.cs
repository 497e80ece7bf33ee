using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Orkestra.Authoring.Payloads;

/// <summary>
/// Checks an input by its validation attributes and its own <see cref="IValidatableObject"/>, with all that it holds. It walks the serializer's contract
/// instead of reflecting over types, so it sees what the payload can set, and works under Native AOT.
/// </summary>
internal static class PayloadValidation
{
    const int MaxProblems = 20;

    /// <exception cref="ValidationException">The input is not valid: one sentence with every problem and where it is.</exception>
    public static void Check(object? input, Type type, JsonSerializerOptions options, StepContext context, string step)
    {
        var walk = new Walk(options, context.Services);
        walk.Visit(input, type, "");
        if (walk.Problems.Count == 0) return;
        var more = walk.Problems.Count > MaxProblems ? $"; and {walk.Problems.Count - MaxProblems} more" : "";
        throw new ValidationException($"Step '{step}' refuses its input: {string.Join("; ", walk.Problems.Take(MaxProblems))}{more}");
    }

    sealed class Walk(JsonSerializerOptions options, IServiceProvider services)
    {
        readonly HashSet<object> seen = new(ReferenceEqualityComparer.Instance);

        public List<string> Problems { get; } = [];

        public void Visit(object? value, Type type, string path)
        {
            if (value is null or string || value.GetType().IsPrimitive || (!value.GetType().IsValueType && !seen.Add(value))) return;
            if (!options.TryGetTypeInfo(value.GetType(), out var info) && !options.TryGetTypeInfo(type, out info)) return;
            switch (info.Kind)
            {
                case JsonTypeInfoKind.Object:
                    VisitObject(value, info, path);
                    break;
                case JsonTypeInfoKind.Enumerable when value is IEnumerable items:
                    var index = 0;
                    foreach (var item in items) Visit(item, info.ElementType ?? typeof(object), $"{path}[{index++}]");
                    break;
                case JsonTypeInfoKind.Dictionary when value is IDictionary pairs:
                    foreach (DictionaryEntry pair in pairs) Visit(pair.Value, info.ElementType ?? typeof(object), Join(path, $"{pair.Key}"));
                    break;
            }
        }

        void VisitObject(object value, JsonTypeInfo info, string path)
        {
            var before = Problems.Count;
            foreach (var property in info.Properties)
            {
                if (property.Get is null) continue;
                var member = property.Get(value);
                var at = Join(path, property.Name);
                // A record's attributes stand on the constructor's parameters unless they say [property: …].
                Attributes(property.AttributeProvider, value, member, property.Name, at);
                Attributes(property.AssociatedParameter?.AttributeProvider, value, member, property.Name, at);
                Visit(member, property.PropertyType, at);
            }

            Attributes(value.GetType(), value, value, value.GetType().Name, path);
            if (Problems.Count > before || value is not IValidatableObject validatable) return;
            foreach (var result in validatable.Validate(Context(value, value.GetType().Name)))
                Add(result, result.MemberNames.FirstOrDefault() is { } name ? Join(path, options.PropertyNamingPolicy?.ConvertName(name) ?? name) : path);
        }

        void Attributes(ICustomAttributeProvider? provider, object owner, object? value, string name, string path)
        {
            if (provider is null) return;
            foreach (ValidationAttribute attribute in provider.GetCustomAttributes(typeof(ValidationAttribute), inherit: true))
                Add(attribute.GetValidationResult(value, Context(owner, name)), path);
        }

        ValidationContext Context(object owner, string name) => new(owner, name, services, null) { MemberName = name };

        void Add(ValidationResult? result, string path)
        {
            if (result == ValidationResult.Success) return;
            var text = (result!.ErrorMessage ?? "it is not valid").TrimEnd('.');
            Problems.Add(path.Length == 0 ? text : $"{path}: {text}");
        }

        static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
    }
}
