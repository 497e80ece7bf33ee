using Orkestra.Asl;
using Orkestra.Validation;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Validation;

public sealed class VariableReferencesTests
{
    [Fact]
    public void They_are_as_recorded()
    {
        foreach (var (_, data) in ConformanceData.Cases("localstack/variable-references.json"))
        {
            var document = AslReader.Parse(data["definition"]!.ToJson());
            VariableReferences.ToJson(document).ToJson().ShouldBe(data["expect"]!["variableReferences"]!.ToJson(), data.Id());
        }
    }

    [Fact]
    public void Every_field_that_can_read_one_is_looked_at() => VariableReferences.ToJson(AslReader.Parse(
        """
        {"StartAt":"A","States":{
          "A":{"Type":"Task","Resource":"$no","Comment":"$no","Parameters":{"a":"$no","b.$":"$b","c":[{"d.$":"States.Format('$no {}', $d.x)"}]},
            "TimeoutSecondsPath":"$e","ResultPath":"$.no","Assign":{"no.$":"$f"},"Catch":[{"ErrorEquals":["$no"],"Next":"B","Assign":{"x.$":"$g"}}],"Next":"B"},
          "B":{"Type":"Choice","Choices":[{"And":[{"Variable":"$h","StringEqualsPath":"$i"},{"Not":{"Variable":"$j[0]","StringEquals":"$no"}}],"Next":"C"}]},
          "C":{"Type":"Map","ItemsPath":"$k","QueryLanguage":"JSONPath","ItemReader":{"Resource":"r","Parameters":{"Bucket.$":"$l"},"ReaderConfig":{"MaxItemsPath":"$m"}},
            "ItemBatcher":{"MaxItemsPerBatchPath":"$n","BatchInput":{"o.$":"$o"}},"End":true,
            "ItemProcessor":{"StartAt":"D","States":{"D":{"Type":"Pass","Result":{"x.$":"$no"},"OutputPath":"$p","End":true}}}},
          "E":{"Type":"Wait","QueryLanguage":"JSONata","Seconds":"{% $q + $sum($states.input.x) + ($r := 1; $r) %}","Output":{"a":["{% function($s){$s+$t}(1) %}","$no"]},"End":true}}}
        """)).ToJson().ShouldBe("""{"A":["b","d","e","f","g"],"B":["h","i","j"],"C":["k","l","m","n","o"],"D":["p"],"E":["q","t"]}""");

    [Fact]
    public void A_document_without_variables_has_none() =>
        VariableReferences.Of(AslReader.Parse("""{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}""")).Count.ShouldBe(0);
}
